package io.changeover.app.demo;

import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says things on the terminal: lines that stay, and on a real terminal one line that is written over. */
final class Teller {

    private static final int WIDTH = 100;

    private final PrintStream out;
    private final boolean terminal;
    private boolean unfinished;

    Teller(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void say(String phase, String format, @Nullable Object... values) {
        clear();
        out.println(String.format(Locale.ROOT, "%-10s ", phase) + String.format(Locale.ROOT, format, values));
    }

    void print(String text) {
        clear();
        out.println(text);
    }

    void progress(String phase, String text) {
        if (terminal) {
            out.printf(Locale.ROOT, "\r%-10s %-" + WIDTH + "s", phase, text);
            out.flush();
            unfinished = true;
        }
    }

    private void clear() {
        if (unfinished) {
            out.print("\r" + " ".repeat(WIDTH + 12) + "\r");
            unfinished = false;
        }
    }
}
