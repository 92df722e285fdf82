package mqworkbook.cli.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.util.Textifier;
import org.objectweb.asm.util.TraceMethodVisitor;

/** What one compiled answer does otherwise than another. Line numbers and names of variables do not count. */
final class ChangedMethods {

    private ChangedMethods() {}

    /**
     * The methods of the base whose code is another, or gone, in the other answer, as in
     * {@link mqworkbook.workbench.run.RunResult#uses()}. A test that uses none of them cannot tell the two apart: what is
     * new is reached through what has changed. Where it may be reached otherwise (a method that may override another,
     * another superclass, static fields that are set otherwise), all methods of that class count as changed, or of all
     * classes, where others see those fields.
     *
     * @param base a folder of classes
     * @param other another one
     */
    static Set<String> between(Path base, Path other) {
        List<Path> files = classFiles(base);
        Set<String> changed = new TreeSet<>();
        boolean everywhere = false;
        for (Path file : files) {
            Path before = base.resolve(file);
            Path after = other.resolve(file);
            // Nearly all files are the same, and need not be taken apart.
            if (!Files.exists(after)) {
                everywhere |= compare(parsed(before), new ClassNode(), changed);
            } else if (!isSame(before, after)) {
                everywhere |= compare(parsed(before), parsed(after), changed);
            }
        }
        if (everywhere) {
            files.forEach(
                    file -> changed.addAll(methods(parsed(base.resolve(file))).keySet()));
        }
        return changed;
    }

    private static boolean isSame(Path before, Path after) {
        try {
            return Files.mismatch(before, after) < 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds what has changed, and returns whether the change is seen without a call. */
    private static boolean compare(ClassNode before, ClassNode after, Set<String> changed) {
        Map<String, String> was = methods(before);
        Map<String, String> is = methods(after);
        String initialiser = name(before, "<clinit>", "()V");
        boolean setOtherwise = !Objects.equals(was.get(initialiser), is.get(initialiser));
        boolean asAWhole = setOtherwise
                || !sameShape(before, after)
                || after.methods.stream()
                        .filter(method -> !was.containsKey(name(after, method.name, method.desc)))
                        .anyMatch(ChangedMethods::mayOverride);
        was.forEach((method, code) -> {
            if (asAWhole || !code.equals(is.get(method))) {
                changed.add(method);
            }
        });
        return setOtherwise
                && before.fields.stream()
                        .anyMatch(field -> (field.access & Opcodes.ACC_STATIC) != 0
                                && (field.access & (Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC)) == 0);
    }

    private static boolean mayOverride(MethodNode added) {
        return (added.access & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) == 0 && !added.name.equals("<init>");
    }

    /** A field that is new or gone is seen in the code that uses it; one that is volatile now is not. */
    private static boolean sameShape(ClassNode before, ClassNode after) {
        Map<String, Integer> was =
                before.fields.stream().collect(Collectors.toMap(field -> field.name, field -> field.access));
        return before.access == after.access
                && Objects.equals(before.superName, after.superName)
                && before.interfaces.equals(after.interfaces)
                && after.fields.stream().allMatch(field -> was.getOrDefault(field.name, field.access) == field.access);
    }

    private static Map<String, String> methods(ClassNode type) {
        Map<String, String> methods = new HashMap<>();
        for (MethodNode method : type.methods) {
            Textifier text = new Textifier();
            method.accept(new TraceMethodVisitor(text));
            methods.put(name(type, method.name, method.desc), method.access + " " + text.getText());
        }
        return methods;
    }

    private static String name(ClassNode type, String method, String descriptor) {
        return type.name.replace('/', '.') + "#" + method + descriptor;
    }

    private static ClassNode parsed(Path file) {
        try {
            ClassNode type = new ClassNode();
            new ClassReader(Files.readAllBytes(file)).accept(type, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            return type;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> classFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(folder::relativize)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
