package io.changeover.benchmark.replay.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** An event as one release stored it, in pieces between which the prefix of a copy's keys belongs. */
final class Form {

    private static final String MARK = "\u0001";

    private final String name;
    private final String revision;
    private final byte[] metadata;
    private final List<byte[]> pieces;

    private Form(String name, String revision, byte[] metadata, List<byte[]> pieces) {
        this.name = name;
        this.revision = revision;
        this.metadata = metadata;
        this.pieces = pieces;
    }

    /**
     * @param marked JSON in which each key stands behind {@link #marked}
     */
    static Form of(String name, String revision, String metadata, String marked) {
        List<byte[]> pieces = Arrays.stream(marked.split("\\\\u0001", -1))
                .map(piece -> piece.getBytes(StandardCharsets.UTF_8))
                .toList();
        return new Form(name, revision, metadata.getBytes(StandardCharsets.UTF_8), pieces);
    }

    /** The key with what tells {@link #of} where it begins. */
    static String marked(String key) {
        return MARK + key;
    }

    String name() {
        return name;
    }

    String revision() {
        return revision;
    }

    void writeMetadata(OutputStream out) throws IOException {
        out.write(metadata);
    }

    int metadataLength() {
        return metadata.length;
    }

    int payloadLength(int prefixLength) {
        int length = prefixLength * (pieces.size() - 1);
        for (byte[] piece : pieces) {
            length += piece.length;
        }
        return length;
    }

    void writePayload(byte[] prefix, OutputStream out) throws IOException {
        out.write(pieces.get(0));
        for (int i = 1; i < pieces.size(); i++) {
            out.write(prefix);
            out.write(pieces.get(i));
        }
    }

    /** The payload with the keys of the copy, as text. */
    String payload(CopyPrefix copy) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        try {
            writePayload(copy.bytes(), payload);
        } catch (IOException e) {
            throw new IllegalStateException(e); // an array in memory refuses nothing
        }
        return payload.toString(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "%s %s %s".formatted(name, revision, payload(new CopyPrefix(0)));
    }
}
