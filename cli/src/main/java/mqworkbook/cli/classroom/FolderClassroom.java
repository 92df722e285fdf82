package mqworkbook.cli.classroom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mqworkbook.workbench.files.WholeFile;

/** A folder that all can reach, with one file for each learner. */
final class FolderClassroom implements Classroom {

    private final Path folder;

    FolderClassroom(Path folder) {
        this.folder = folder;
    }

    @Override
    public void send(String file, byte[] document) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("the folder is not there");
        }
        try {
            WholeFile.write(folder.resolve(file), document);
        } catch (IOException e) {
            throw new IOException("the folder takes no file (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    /** Of the checkout's id alone, so that two learners of one name have two files. */
    static String fileName(LearnerProgress progress) {
        return "progress-" + progress.id() + ".json";
    }

    @Override
    public String address() {
        return folder.toString();
    }
}
