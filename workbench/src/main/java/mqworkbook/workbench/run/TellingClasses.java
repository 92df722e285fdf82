package mqworkbook.workbench.run;

import static net.bytebuddy.matcher.ElementMatchers.any;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;

/** Loads classes whose methods tell {@link Uses} that they are used, first of all. */
final class TellingClasses extends URLClassLoader {

    private static final String USES = Uses.class.getName().replace('.', '/');

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
        try {
            if (!files.locate(name).isResolved()) {
                return super.findClass(name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] code = new ByteBuddy()
                .with(TypeValidation.DISABLED)
                .redefine(types.describe(name).resolve(), files)
                .visit(new AsmVisitorWrapper.ForDeclaredMethods()
                        .invokable(any(), TellingClasses::telling)
                        .writerFlags(ClassWriter.COMPUTE_MAXS))
                .make()
                .getBytes();
        return defineClass(name, code, 0, code.length);
    }

    private static MethodVisitor telling(
            TypeDescription type,
            MethodDescription method,
            MethodVisitor code,
            Implementation.Context context,
            TypePool pool,
            int writerFlags,
            int readerFlags) {
        String name = type.getName() + "#" + method.getInternalName() + method.getDescriptor();
        return new MethodVisitor(OpenedClassReader.ASM_API, code) {

            @Override
            public void visitCode() {
                super.visitCode();
                visitLdcInsn(name);
                visitMethodInsn(Opcodes.INVOKESTATIC, USES, "of", "(Ljava/lang/String;)V", false);
            }
        };
    }
}
