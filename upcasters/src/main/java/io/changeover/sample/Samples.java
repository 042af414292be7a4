package io.changeover.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The files of a domain's samples, on the class path and in a folder of sources. */
public final class Samples {

    private Samples() {}

    /** Folder of a domain's samples among its resources. */
    public static String folder(String domain) {
        return "changeover/%s/samples".formatted(domain);
    }

    /**
     * All samples of a domain on the class path, ordered by their path.
     *
     * @throws InvalidSampleException when a file is no sample
     */
    public static List<Sample> onClassPath(String domain, ClassLoader classLoader) {
        try {
            Resource[] found = new PathMatchingResourcePatternResolver(classLoader)
                    .getResources("classpath*:%s/**/*.json".formatted(folder(domain)));
            List<Sample> samples = new ArrayList<>();
            for (Resource resource : found) {
                try (InputStream content = resource.getInputStream()) {
                    samples.add(read(
                            resource.getURL(),
                            String.valueOf(resource.getFilename()),
                            new String(content.readAllBytes(), StandardCharsets.UTF_8)));
                }
            }
            return sorted(samples);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * All samples below a folder, ordered by their path; none where there is no such folder.
     *
     * @throws InvalidSampleException when a file is no sample
     */
    public static List<Sample> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Sample> samples = new ArrayList<>();
            for (Path file : files.filter(each -> each.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                samples.add(read(file, String.valueOf(file.getFileName()), Files.readString(file)));
            }
            return sorted(samples);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the sample to its place below the folder; an older file of that name is replaced. */
    public static void write(Path folder, Sample sample) {
        try {
            Path file = folder.resolve(sample.path()).normalize();
            if (!file.startsWith(folder.normalize())) {
                throw new InvalidSampleException(sample.label(), "must lie below its folder");
            }
            Files.createDirectories(file.getParent());
            Files.writeString(file, sample.toText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Sample read(Object file, String name, String text) {
        try {
            return Sample.parse(name.substring(0, name.length() - ".json".length()), text);
        } catch (InvalidSampleException e) {
            throw e.in(file);
        }
    }

    private static List<Sample> sorted(List<Sample> samples) {
        return samples.stream().sorted(Comparator.comparing(Sample::path)).toList();
    }
}
