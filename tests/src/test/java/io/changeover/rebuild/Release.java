package io.changeover.rebuild;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Classes compiled from source in a test, as one release of a team's code, each release in a class loader of its own. */
final class Release {

    private final ClassLoader loader;

    private Release(ClassLoader loader) {
        this.loader = loader;
    }

    /** Compiles one source file, whose classes go to a new folder below the given one. */
    static Release of(Path below, String className, String source) {
        try {
            Path folder = Files.createTempDirectory(below, "release");
            JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
            StringWriter messages = new StringWriter();
            try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
                files.setLocation(StandardLocation.CLASS_OUTPUT, List.of(folder.toFile()));
                String classPath =
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
                JavaFileObject file =
                        new SimpleJavaFileObject(
                                URI.create("string:///" + className.replace('.', '/') + ".java"),
                                JavaFileObject.Kind.SOURCE) {
                            @Override
                            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                                return source;
                            }
                        };
                boolean compiled = compiler.getTask(
                                messages,
                                files,
                                null,
                                List.of("-classpath", classPath, "-proc:none", "-parameters"),
                                null,
                                List.of(file))
                        .call();
                if (!compiled) {
                    throw new IllegalStateException(messages + source);
                }
            }
            URL[] urls = {folder.toUri().toURL()};
            return new Release(new URLClassLoader(urls, Release.class.getClassLoader()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An instance of the class. */
    Object make(String name) {
        try {
            return Class.forName(name, true, loader).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
