package io.changeover.app.security;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** The trail of tests that have no database; found by whoever scans this package. */
@Component
public final class InMemoryAccessTrail implements AccessTrail {

    private final List<Entry> entries = new ArrayList<>();

    @Override
    public synchronized void add(String actor, String action, String subject, String detail) {
        entries.add(0, new Entry(Instant.EPOCH, actor, action, subject, detail));
    }

    @Override
    public synchronized List<Entry> latest(int most) {
        return List.copyOf(entries.subList(0, Math.min(most, entries.size())));
    }
}
