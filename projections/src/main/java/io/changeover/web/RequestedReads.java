package io.changeover.web;

import io.changeover.serving.ConsumerNames;
import io.changeover.serving.ReadPosition;
import io.changeover.serving.Reader;
import io.changeover.serving.ReaderIdentity;
import io.changeover.view.InvalidVersionIdException;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Takes from a request on whose behalf it reads, and what it asks of its reads. */
final class RequestedReads {

    private static final int MAX_KEY_LENGTH = 200;
    private static final int MAX_DIGITS = 9;

    private final ReaderResolver resolver;
    private final ConsumerNames names;
    private final Versions versions;
    private final ReaderOptions options;

    RequestedReads(ReaderResolver resolver, ConsumerNames names, Versions versions, ReaderOptions options) {
        this.resolver = resolver;
        this.names = names;
        this.versions = versions;
        this.options = options;
    }

    Reader of(HttpServletRequest request) {
        RequestReader caller = resolver.resolve(request);
        String key = key(request.getHeader(ReaderHeaders.READER));
        return Reader.of(key == null ? caller.principal() : key)
                .as(caller.principal())
                .ofTenant(caller.tenant())
                .countedAs(new ReaderIdentity(names.of(caller.principal()), ""))
                .overriding(overrides(request, caller))
                .after(position(request), patience(request));
    }

    private static @Nullable String key(@Nullable String header) {
        return header == null || header.isBlank() || header.length() > MAX_KEY_LENGTH ? null : header;
    }

    private static List<String> headers(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders(name));
    }

    private static @Nullable ReadPosition position(HttpServletRequest request) {
        ReadPosition position = null;
        for (String value : headers(request, ReaderHeaders.POSITION)) {
            ReadPosition each = ReadPosition.parse(value.strip())
                    .orElseThrow(
                            () -> new MalformedHeaderException(
                                    ReaderHeaders.POSITION,
                                    value,
                                    "a position such as '4711', or '4709-4711' for a write of several events; send it as an answer has given it, or 0 to be told one"));
            position = position == null ? each : position.and(each);
        }
        return position;
    }

    private @Nullable Duration patience(HttpServletRequest request) {
        String value = request.getHeader(ReaderHeaders.WAIT);
        if (value == null) {
            return null;
        }
        String digits = value.strip();
        if (digits.matches("\\d{1,%d}".formatted(MAX_DIGITS))) {
            Duration patience = Duration.ofMillis(Long.parseLong(digits));
            if (patience.compareTo(options.maxPatience()) <= 0) {
                return patience;
            }
        }
        throw new MalformedHeaderException(
                ReaderHeaders.WAIT,
                value,
                "a whole number of milliseconds from 0 to %d; correct it or leave it out"
                        .formatted(options.maxPatience().toMillis()));
    }

    private Map<String, Integer> overrides(HttpServletRequest request, RequestReader caller) {
        List<String> values = headers(request, ReaderHeaders.VERSION);
        if (values.isEmpty()) {
            return Map.of();
        }
        if (options.overrideAuthorities().stream().noneMatch(caller.authorities()::contains)) {
            throw new OverrideRefusedException(options.overrideAuthorities());
        }
        Map<String, Integer> overrides = new TreeMap<>();
        for (String value : values) {
            for (String text : value.split(",", -1)) {
                VersionId id = version(text.strip(), value);
                Integer other = overrides.put(id.view(), id.version());
                if (other != null && other != id.version()) {
                    throw new MalformedHeaderException(
                            ReaderHeaders.VERSION,
                            value,
                            "one version of each view; name '%s' once".formatted(id.view()));
                }
            }
        }
        return overrides;
    }

    private VersionId version(String text, String header) {
        VersionId id;
        try {
            id = VersionId.parse(text);
        } catch (InvalidVersionIdException e) {
            throw new MalformedHeaderException(
                    ReaderHeaders.VERSION, header, "versions such as 'order-board@2', with commas between; correct it");
        }
        if (versions.find(id).isEmpty()) {
            throw new MalformedHeaderException(
                    ReaderHeaders.VERSION,
                    header,
                    "versions that this application declares, which '%s' is not; name one of %s"
                            .formatted(
                                    id,
                                    versions.of(id.view()).isEmpty()
                                            ? "the views " + versions.views()
                                            : versions.of(id.view()).stream()
                                                    .map(version -> version.id().toString())
                                                    .toList()));
        }
        return id;
    }
}
