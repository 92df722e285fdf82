package mqworkbook.transactions.shop;

/**
 * What the shop's topics and groups are called: a contract with other teams.
 *
 * @param orders topic of orders that were placed
 * @param refusals topic of orders for which there was no stock
 * @param producerGroup who answers for the shop's half messages: the same in each of its processes
 * @param stockGroup consumer group of the stock service
 * @param shopGroup consumer group of the shop, which listens to refusals
 */
public record ShopNames(String orders, String refusals, String producerGroup, String stockGroup, String shopGroup) {

    /** Names of one installation. */
    public static ShopNames of(String prefix) {
        return new ShopNames(
                prefix + "orders", prefix + "refusals", prefix + "shop-producer", prefix + "stock", prefix + "shop");
    }
}
