package io.changeover.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** What the {@code Dockerfile} says: its instructions, and those of the image that is left in the end. */
final class Dockerfile {

    private static final Pattern SETTING = Pattern.compile("([A-Z_]+)=(?:\"([^\"]*)\"|(\\S*))");

    private final List<Instruction> instructions;

    private Dockerfile(List<Instruction> instructions) {
        this.instructions = instructions;
    }

    record Instruction(String name, String rest) {}

    static Dockerfile read() {
        try {
            String text = Files.readString(Compose.OPS.resolve("Dockerfile"))
                    .replaceAll("(?m)^#.*\n", "")
                    .replaceAll("\\\\\n\\s*", "");
            return new Dockerfile(text.lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> line.split("\\s+", 2))
                    .map(parts -> new Instruction(parts[0], parts[1]))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands behind each instruction of the name, in all stages. */
    List<String> all(String name) {
        return rests(instructions.stream(), name);
    }

    /** The same in the last stage, which is what runs. */
    List<String> last(String name) {
        int from = instructions.stream()
                .filter(each -> each.name().equals("FROM"))
                .mapToInt(instructions::indexOf)
                .max()
                .orElseThrow();
        return rests(instructions.stream().skip(from), name);
    }

    private static List<String> rests(Stream<Instruction> instructions, String name) {
        return instructions
                .filter(each -> each.name().equals(name))
                .map(Instruction::rest)
                .toList();
    }

    Map<String, String> environment() {
        return last("ENV").stream()
                .flatMap(rest -> SETTING.matcher(rest).results())
                .collect(Collectors.toMap(match -> match.group(1), Dockerfile::value));
    }

    private static String value(MatchResult match) {
        return match.group(2) == null ? match.group(3) : match.group(2);
    }

    /** A command that is carried out as it stands, without a shell around it that would keep signals to itself. */
    static List<String> exec(String json) {
        return List.of(JsonMapper.shared().readValue(json, String[].class));
    }
}
