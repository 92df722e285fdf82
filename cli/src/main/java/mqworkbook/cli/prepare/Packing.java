package mqworkbook.cli.prepare;

import java.util.List;
import java.util.Optional;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Way;
import mqworkbook.workbench.brokers.docker.ContainerEngine;
import mqworkbook.workbench.brokers.docker.Images;
import mqworkbook.workbench.brokers.rabbitmq.RabbitMqInstallation;

/** Makes a pack, for lessons or for the whole project. */
public final class Packing {

    private final Workspace workspace;
    private final List<LessonFiles> lessons;
    private final boolean whole;
    private final Preparation preparation;

    /**
     * The making of packs.
     *
     * @param whole whether the project's other modules go in too, so that an IDE can open it
     */
    public Packing(Workspace workspace, List<LessonFiles> lessons, boolean whole, Terminal terminal) {
        this.workspace = workspace;
        this.lessons = lessons;
        this.whole = whole;
        this.preparation = new Preparation(terminal);
    }

    /** Makes it; returns whether each broker can run by one way at least from what is in it. */
    public boolean run(Pack pack) {
        PackTexts.write(pack, Lessons.named(lessons) + ", made on " + RabbitMqInstallation.cacheEntry());
        boolean complete = preparation.run(new PackedRepository(workspace, lessons, whole, pack));
        complete &= preparation.run(PackedFile.wrapper(workspace, pack));
        for (BrokerKind kind : Lessons.kinds(lessons)) {
            complete &= kind(kind, pack);
        }
        engine().filter(engine -> engine.hasImage(Images.ryuk()))
                .ifPresent(engine -> preparation.run(PackedFile.image("Docker", Images.ryuk(), engine, pack)));
        return complete;
    }

    private static Optional<ContainerEngine> engine() {
        return Way.forced().equals(Optional.of(Way.LOCAL)) ? Optional.empty() : Engine.current();
    }

    /** The other kinds' servers for local processes lie in the repository. */
    private boolean kind(BrokerKind kind, Pack pack) {
        Optional<ContainerEngine> engine = engine();
        boolean image = engine.isPresent()
                && preparation.run(PackedFile.image(kind.displayName(), Images.of(kind), engine.get(), pack));
        boolean local = kind != BrokerKind.RABBITMQ || preparation.run(PackedFile.rabbitMq(pack));
        return image || local;
    }
}
