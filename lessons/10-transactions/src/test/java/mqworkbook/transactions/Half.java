package mqworkbook.transactions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.OrderMessages;
import mqworkbook.transactions.shop.ShopNames;
import mqworkbook.workbench.judge.ProcessDied;
import mqworkbook.workbench.judge.Todo;
import mqworkbook.workbench.judge.Wrong;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageClientIDSetter;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageExt;

/**
 * A half message without a broker. The judge calls the listener as RocketMQ's client does: an exception is UNKNOW, and what
 * a dead process would say is never heard.
 */
final class Half {

    private static final ShopNames NAMES = ShopNames.of("direct-");

    final Order order;
    private final ShopDatabase database;
    private final Message message;
    private final Instant born;
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());
    private volatile LocalTransactionState last;
    private int checks;

    Half(ShopDatabase database, Order order, Instant born) {
        this.database = database;
        this.order = order;
        this.born = born;
        message = OrderMessages.placed(NAMES, order);
        MessageClientIDSetter.setUniqID(message);
        message.setTransactionId(MessageClientIDSetter.getUniqID(message));
        MessageAccessor.putProperty(message, MessageConst.PROPERTY_TRANSACTION_PREPARED, "true");
        MessageAccessor.putProperty(message, MessageConst.PROPERTY_PRODUCER_GROUP, NAMES.producerGroup());
    }

    /** The client has been told that the half message is stored. */
    LocalTransactionState execute(ShopProcess process) {
        return hear(
                "executed by " + process.name(),
                process,
                () -> process.listener().executeLocalTransaction(message, order));
    }

    /** The broker asks. */
    LocalTransactionState check(ShopProcess process) {
        MessageExt asked = new MessageExt();
        asked.setTopic(message.getTopic());
        asked.setBody(message.getBody());
        MessageAccessor.setProperties(asked, new HashMap<>(message.getProperties()));
        MessageAccessor.putProperty(asked, MessageConst.PROPERTY_TRANSACTION_CHECK_TIMES, String.valueOf(++checks));
        asked.setTransactionId(message.getTransactionId());
        asked.setMsgId(message.getTransactionId());
        asked.setBornTimestamp(born.toEpochMilli());
        asked.setStoreTimestamp(born.toEpochMilli());
        return hear(
                "checked by " + process.name(),
                process,
                () -> process.listener().checkLocalTransaction(asked));
    }

    private LocalTransactionState hear(String what, ShopProcess process, Callable<LocalTransactionState> call) {
        LocalTransactionState state = LocalTransactionState.UNKNOW;
        String heard;
        try {
            LocalTransactionState answer = call.call();
            state = answer == null ? LocalTransactionState.UNKNOW : answer;
            heard = state.name();
        } catch (Todo | Wrong e) {
            throw e;
        } catch (ProcessDied e) {
            heard = "";
        } catch (Throwable e) {
            heard = "UNKNOW, by " + e;
        }
        if (process.isDead()) {
            state = LocalTransactionState.UNKNOW;
            heard = "nothing, it is dead";
        }
        said.add(what + ": " + heard);
        if (state == LocalTransactionState.COMMIT_MESSAGE && !database.isPlaced(order.orderId())) {
            throw ghost();
        }
        if (state != LocalTransactionState.UNKNOW) {
            expectNotRevoked(state);
            last = state;
        }
        return state;
    }

    private void expectNotRevoked(LocalTransactionState state) {
        if (last != null && last != state) {
            throw Wrong.that("The broker was told two different things about one transaction")
                    .seen(describe())
                    .means("Which of them it believes depends on which comes first.")
                    .suspect("a transaction that goes on after it was given up, or a verdict from memory");
        }
    }

    /** When all is quiet, what was said for good must be true. */
    void expectAgreement() {
        boolean placed = database.isPlaced(order.orderId());
        if (last == LocalTransactionState.COMMIT_MESSAGE && !placed) {
            throw ghost();
        }
        if (last == LocalTransactionState.ROLLBACK_MESSAGE && placed) {
            throw Wrong.that("The order is placed, and the broker was told to throw its message away")
                    .seen(describe())
                    .means("The customer has paid, and nobody hears of the order: it is never shipped.")
                    .suspect(
                            "rollback said where nobody could know, or a transaction that was given up and not fenced off");
        }
        database.expectBooksBalance(order, String.join(", ", said));
    }

    private Wrong ghost() {
        return Wrong.that("The broker was told to deliver a message about an order that is not there")
                .seen(describe())
                .means("Everybody works on an order that the shop does not know: goods leave the house, unpaid.")
                .suspect(
                        "commit said before the database had committed, by default, or for what another transaction wrote");
    }

    String describe() {
        return database.describe(order) + "; " + String.join(", ", said);
    }
}
