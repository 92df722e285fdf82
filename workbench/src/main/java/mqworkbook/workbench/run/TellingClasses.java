package mqworkbook.workbench.run;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.bytecode.ByteCodeAppender;
import net.bytebuddy.implementation.bytecode.constant.TextConstant;
import net.bytebuddy.implementation.bytecode.member.MethodInvocation;
import net.bytebuddy.pool.TypePool;

/** Loads classes that tell {@link FirstUse} when they are used; interfaces have no such moment, and stay silent. */
final class TellingClasses extends URLClassLoader {

    private static final MethodDescription FIRST_USE = TypeDescription.ForLoadedType.of(FirstUse.class)
            .getDeclaredMethods()
            .filter(named("of"))
            .getOnly();

    private final ClassFileLocator files;
    private final TypePool types;

    /**
     * A loader.
     *
     * @param telling the folder whose classes tell
     */
    TellingClasses(URL[] folders, File telling, ClassLoader parent) {
        super(folders, parent);
        files = new ClassFileLocator.ForFolder(telling);
        types = TypePool.Default.of(new ClassFileLocator.Compound(files, ClassFileLocator.ForClassLoader.of(parent)));
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (!tells(name)) {
            return super.findClass(name);
        }
        byte[] code = telling(types.describe(name).resolve());
        return defineClass(name, code, 0, code.length);
    }

    private boolean tells(String name) {
        try {
            return files.locate(name).isResolved()
                    && !types.describe(name).resolve().isInterface();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same class with a call in front of its initialiser. What is nested counts as a use of what is around it. */
    private byte[] telling(TypeDescription type) {
        String topLevel = type.getName().replaceFirst("\\$.*", "");
        return new ByteBuddy()
                .with(TypeValidation.DISABLED)
                .redefine(type, files)
                .initializer(
                        new ByteCodeAppender.Simple(new TextConstant(topLevel), MethodInvocation.invoke(FIRST_USE)))
                .make()
                .getBytes();
    }
}
