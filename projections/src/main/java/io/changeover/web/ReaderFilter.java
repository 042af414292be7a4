package io.changeover.web;

import io.changeover.freshness.WrittenPositions;
import io.changeover.serving.ConsumerNames;
import io.changeover.serving.ReadPosition;
import io.changeover.serving.Reader;
import io.changeover.serving.ReaderContext;
import io.changeover.view.Versions;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Runs each request in the context of its reader and tells in the response what was read and written. It must come after
 * whatever authenticates.
 *
 * <p>The context is the thread's: work that a request hands to another thread reads on nobody's behalf, unless it opens a
 * context of its own.
 */
public final class ReaderFilter extends OncePerRequestFilter {

    private final RequestedReads requested;
    private final Function<List<String>, Optional<ReadPosition>> positions;
    private final Supplier<HandlerExceptionResolver> problems;

    /**
     * @param names under which name a reader is counted
     * @param problems what answers a request that is refused before it reaches a controller
     */
    public ReaderFilter(
            ReaderResolver resolver,
            ConsumerNames names,
            Versions versions,
            WrittenPositions positions,
            ReaderOptions options,
            Supplier<HandlerExceptionResolver> problems) {
        this(new RequestedReads(resolver, names, versions, options), positions::of, problems);
    }

    ReaderFilter(
            RequestedReads requested,
            Function<List<String>, Optional<ReadPosition>> positions,
            Supplier<HandlerExceptionResolver> problems) {
        this.requested = requested;
        this.positions = positions;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Reader reader;
        try {
            reader = requested.of(request);
        } catch (MalformedHeaderException | OverrideRefusedException e) {
            if (problems.get().resolveException(request, response, null, e) == null) {
                throw new ServletException(e);
            }
            return;
        }
        Exception failure = ReaderContext.callAs(reader, () -> filter(request, response, chain));
        if (failure instanceof ServletException e) {
            throw e;
        }
        if (failure instanceof IOException e) {
            throw e;
        }
    }

    private @Nullable Exception filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) {
        ToldReads told = new ToldReads(ReaderContext.current().orElseThrow(), positions);
        ToldResponse telling = new ToldResponse(response, told::tell);
        try {
            chain.doFilter(request, telling);
        } catch (ServletException | IOException e) {
            return e;
        }
        if (!isAsyncStarted(request)) {
            telling.tell();
        }
        return null;
    }
}
