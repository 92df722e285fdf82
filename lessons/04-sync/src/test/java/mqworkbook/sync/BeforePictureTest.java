package mqworkbook.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import mqworkbook.sync.before.DualWriteUserService;
import mqworkbook.sync.user.EventHandler;
import mqworkbook.sync.user.User;
import mqworkbook.sync.user.UserState;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.judge.ProcessDied;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What hurts where two systems are written one after the other. These tests pass: they describe the problem. */
@DisplayName("Before: first the database, then the broker, and nothing around both")
class BeforePictureTest {

    private final UserStore store = new UserStore();
    private final Map<String, UserState> replica = new HashMap<>();
    private final EventHandler broker = event -> replica.put(event.state().userId(), event.state());

    @Test
    @DisplayName("as long as nothing happens, all is well")
    void quiet() throws Exception {
        DualWriteUserService users = service(store.process("user service"), broker);
        users.save(new User("U-1", "Ada", "12 Mill Lane"));
        users.save(new User("U-1", "Ada", "3 High Street"));
        assertThat(replica.values()).containsExactlyElementsOf(store.users());
    }

    @Test
    @DisplayName("who dies after the commit has changed a user, and nobody will ever hear of it")
    void dies() throws Exception {
        service(store.process("user service"), broker).save(new User("U-1", "Ada", "12 Mill Lane"));
        DatabaseActor dying = store.process("user service");
        CallMoment.dieAfter(dying, 2);
        assertThatThrownBy(() -> service(dying, broker).save(new User("U-1", "Ada", "3 High Street")))
                .isInstanceOf(ProcessDied.class);
        assertThat(store.users()).extracting(UserState::address).containsExactly("3 High Street");
        assertThat(replica.get("U-1").address()).isEqualTo("12 Mill Lane");
    }

    @Test
    @DisplayName("while the broker is away the user is told that it failed, and it has not")
    void brokerAway() {
        EventHandler away = event -> {
            throw new IOException("connection refused");
        };
        assertThatThrownBy(
                        () -> service(store.process("user service"), away).save(new User("U-1", "Ada", "12 Mill Lane")))
                .isInstanceOf(IOException.class);
        assertThat(store.users()).hasSize(1);
        assertThat(replica).isEmpty();
    }

    private static DualWriteUserService service(DatabaseActor process, EventHandler broker) {
        return new DualWriteUserService(process.dataSource(), broker);
    }
}
