package io.changeover.terminal;

/** Tells whoever stands at the terminal what must not be written anywhere else. */
public final class Notice {

    private Notice() {}

    /** Prints the text to the standard output, which no log of this application gathers. */
    public static void print(String text) {
        System.out.println(text);
    }
}
