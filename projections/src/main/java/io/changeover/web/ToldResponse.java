package io.changeover.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A response to which headers are added at the latest moment: just before anything happens by which it may be committed,
 * whether or not it has a body.
 */
final class ToldResponse extends HttpServletResponseWrapper {

    private final HttpServletResponse response;
    private final Consumer<HttpServletResponse> headers;
    private @Nullable ServletOutputStream stream;
    private @Nullable PrintWriter writer;
    private boolean told;

    ToldResponse(HttpServletResponse response, Consumer<HttpServletResponse> headers) {
        super(response);
        this.response = response;
        this.headers = headers;
    }

    /** Sets the headers as they are now, where they still count. */
    void tell() {
        told = true;
        if (!response.isCommitted()) {
            headers.accept(response);
        }
    }

    private void tellOnce() {
        if (!told) {
            tell();
        }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (stream == null) {
            stream = new TellingStream(response.getOutputStream());
        }
        return stream;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            writer = new PrintWriter(new TellingWriter(response.getWriter()));
        }
        return writer;
    }

    @Override
    public void flushBuffer() throws IOException {
        tellOnce();
        super.flushBuffer();
    }

    /** A reset takes the headers away. */
    @Override
    public void reset() {
        super.reset();
        told = false;
        stream = null;
        writer = null;
    }

    @Override
    public void sendError(int status, @Nullable String message) throws IOException {
        tellOnce();
        super.sendError(status, message);
    }

    @Override
    public void sendError(int status) throws IOException {
        tellOnce();
        super.sendError(status);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        tellOnce();
        super.sendRedirect(location);
    }

    @Override
    public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
        tellOnce();
        super.sendRedirect(location, status, clearBuffer);
    }

    @Override
    public void sendRedirect(String location, boolean clearBuffer) throws IOException {
        tellOnce();
        super.sendRedirect(location, clearBuffer);
    }

    @Override
    public void sendRedirect(String location, int status) throws IOException {
        tellOnce();
        super.sendRedirect(location, status);
    }

    private final class TellingStream extends ServletOutputStream {

        private final ServletOutputStream target;

        TellingStream(ServletOutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int single) throws IOException {
            tellOnce();
            target.write(single);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            tellOnce();
            target.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            tellOnce();
            target.flush();
        }

        @Override
        public void close() throws IOException {
            tellOnce();
            target.close();
        }

        @Override
        public boolean isReady() {
            return target.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            tellOnce();
            target.setWriteListener(listener);
        }
    }

    private final class TellingWriter extends FilterWriter {

        TellingWriter(Writer target) {
            super(target);
        }

        @Override
        public void write(int single) throws IOException {
            tellOnce();
            super.write(single);
        }

        @Override
        public void write(char[] text, int offset, int length) throws IOException {
            tellOnce();
            super.write(text, offset, length);
        }

        @Override
        public void write(String text, int offset, int length) throws IOException {
            tellOnce();
            super.write(text, offset, length);
        }

        @Override
        public void flush() throws IOException {
            tellOnce();
            super.flush();
        }

        @Override
        public void close() throws IOException {
            tellOnce();
            super.close();
        }
    }
}
