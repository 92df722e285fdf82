package mqworkbook.cli.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;

/** What other classes can be compiled against: all but the code of methods, and what is private. */
final class ClassShapes {

    private ClassShapes() {}

    /** Of all classes in the folder: the same text for as long as what is compiled against them need not be again. */
    static String of(Path classes) {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .map(ClassShapes::ofClass)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String ofClass(Path file) {
        ClassNode type = new ClassNode();
        try {
            new ClassReader(Files.readAllBytes(file))
                    .accept(type, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Object> shape = new ArrayList<>(Arrays.asList(
                type.access, type.name, type.signature, type.superName, type.interfaces, type.permittedSubclasses));
        type.fields.stream()
                .filter(field -> isSeen(field.access))
                .forEach(field -> shape.addAll(
                        Arrays.asList(field.access, field.name, field.desc, field.signature, field.value)));
        type.methods.stream()
                .filter(method -> isSeen(method.access))
                .forEach(method -> shape.addAll(
                        Arrays.asList(method.access, method.name, method.desc, method.signature, method.exceptions)));
        return shape.toString();
    }

    private static boolean isSeen(int access) {
        return (access & (Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC)) == 0;
    }
}
