package io.changeover.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A password that somebody types, or a program writes to standard input. */
final class TypedPassword {

    private TypedPassword() {}

    /**
     * @param terminal whether somebody sits before it
     * @throws ParameterException when there is none, or it was typed differently the second time
     */
    static String read(boolean terminal, CommandLine command) {
        Console console = terminal ? System.console() : null;
        String password = console == null ? line() : typed(console, command);
        if (password == null || password.isEmpty()) {
            throw new ParameterException(
                    command, "No password was given; type one, write it to standard input, or leave --password out");
        }
        return password;
    }

    private static String typed(Console console, CommandLine command) {
        char[] once = console.readPassword("Password: ");
        char[] again = console.readPassword("Again: ");
        if (!Arrays.equals(once, again)) {
            throw new ParameterException(command, "The passwords differ; type the same one twice");
        }
        return once == null ? "" : new String(once);
    }

    private static @Nullable String line() {
        try {
            return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        } catch (IOException e) {
            return null; // as if there were none
        }
    }
}
