package io.changeover.benchmark.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stacks as a picture: each box is a method, as wide as it was seen often, on the box of the method that called it. Boxes
 * of this project are of another colour, and each tells its name and share to whoever points at it.
 */
final class FlameGraph {

    private static final double WIDTH = 1_400;
    private static final double ROW = 15;
    private static final double LEAST = 0.4;
    private static final double CHARACTER = 6.2;
    private static final double TEXT_SHIFT = 3;
    private static final int LEAST_CHARACTERS = 4;
    private static final String OWN_COLOUR = "#e4884a";
    private static final String OTHER_COLOUR = "#d9c9a3";

    /** One method in one place of the stacks. */
    private static final class Box {

        private final Map<String, Box> callees = new TreeMap<>();
        private int samples;

        Box callee(String name) {
            return callees.computeIfAbsent(name, any -> new Box());
        }

        int depth() {
            return 1 + callees.values().stream().mapToInt(Box::depth).max().orElse(0);
        }
    }

    private final Box all = new Box();
    private final List<String> lines = new ArrayList<>();

    /**
     * Adds a stack.
     *
     * @param names thread first, innermost method last
     */
    void add(List<String> names, int samples) {
        Box box = all;
        box.samples += samples;
        for (String name : names) {
            box = box.callee(name);
            box.samples += samples;
        }
    }

    /** Writes the picture as SVG. */
    void write(Path file) throws IOException {
        double height = (all.depth() + 1) * ROW;
        lines.add(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" font-family=\"monospace\" font-size=\"10\">",
                WIDTH, height));
        draw("all", all, 0, height - ROW);
        lines.add("</svg>");
        Files.write(file, lines);
    }

    private void draw(String name, Box box, double x, double y) {
        double width = WIDTH * box.samples / all.samples;
        if (width < LEAST) {
            return;
        }
        String label = escaped(name);
        lines.add(format(
                "<g><title>%s, %.1f %%</title><rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\" stroke=\"#fff\" stroke-width=\"0.3\"/>",
                label,
                100.0 * box.samples / all.samples,
                x,
                y,
                width,
                ROW - 1,
                name.startsWith(Profile.OWN) ? OWN_COLOUR : OTHER_COLOUR));
        int characters = (int) ((width - 2 * TEXT_SHIFT) / CHARACTER);
        if (characters >= LEAST_CHARACTERS) {
            String text = name.length() <= characters ? name : name.substring(0, characters - 1) + "…";
            lines.add(format(
                    "<text x=\"%.1f\" y=\"%.1f\">%s</text>", x + TEXT_SHIFT, y + ROW - TEXT_SHIFT - 1, escaped(text)));
        }
        lines.add("</g>");
        double left = x;
        for (Map.Entry<String, Box> callee : box.callees.entrySet()) {
            draw(callee.getKey(), callee.getValue(), left, y - ROW);
            left += WIDTH * callee.getValue().samples / all.samples;
        }
    }

    /** Numbers with a point, whatever the machine's language. */
    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
