package io.changeover.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Values that look like others and say nothing about them; the same each time for one seed. */
final class StandIns {

    private static final String MAC = "HmacSHA256";
    private static final BigInteger MAX_INT = BigInteger.valueOf(Integer.MAX_VALUE);
    private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final SecretKeySpec key;

    StandIns(long seed) {
        this.key =
                new SecretKeySpec(ByteBuffer.allocate(Long.BYTES).putLong(seed).array(), MAC);
    }

    /** The stand-in of a value that is neither object nor list. */
    JsonNode of(Shape shape, JsonNode value) {
        if (value.isNull() || value.isBoolean()) {
            return value;
        }
        List<JsonNode> allowed = List.copyOf(shape.allowed());
        if (!allowed.isEmpty()) {
            return allowed.get(random(value.asString()).nextInt(allowed.size()));
        }
        if (value.isString()) {
            return NODES.stringNode(text(shape, value.stringValue()));
        }
        return value.isIntegralNumber() ? whole(value.bigIntegerValue()) : decimal(value);
    }

    String text(String text) {
        RandomGenerator random = random(text);
        StringBuilder result = new StringBuilder();
        text.codePoints().map(character -> character(character, random)).forEach(result::appendCodePoint);
        return result.toString();
    }

    private static int character(int character, RandomGenerator random) {
        if (Character.isDigit(character)) {
            return '0' + random.nextInt(10);
        }
        if (Character.isUpperCase(character)) {
            return 'A' + random.nextInt(26);
        }
        return Character.isLetter(character) ? 'a' + random.nextInt(26) : character;
    }

    private String text(Shape shape, String text) {
        Optional<TextFormat> format = shape.format().flatMap(TextFormat::of).filter(each -> each.fits(text));
        return format.isEmpty() ? text(text) : FormattedStandIns.of(format.get(), text, random(text));
    }

    private JsonNode whole(BigInteger value) {
        BigInteger replaced = digits(value.abs(), widest(value));
        BigInteger signed = value.signum() < 0 ? replaced.negate() : replaced;
        return signed.bitLength() < Long.SIZE ? NODES.numberNode(signed.longValue()) : NODES.numberNode(signed);
    }

    /** What a field that takes the value takes for certain. */
    private static @Nullable BigInteger widest(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return MAX_INT;
        }
        return value.bitLength() < Long.SIZE ? MAX_LONG : null;
    }

    private JsonNode decimal(JsonNode value) {
        BigDecimal before = value.decimalValue();
        BigDecimal magnitude = before.abs();
        int scale = Math.max(0, magnitude.scale());
        boolean isWhole = magnitude.stripTrailingZeros().scale() <= 0;
        BigDecimal replaced = isWhole
                ? new BigDecimal(digits(magnitude.toBigInteger(), null)).setScale(scale)
                : fraction(new BigDecimal(digits(magnitude.unscaledValue(), null), scale));
        BigDecimal signed = before.signum() < 0 ? replaced.negate() : replaced;
        return value.isDouble() || value.isFloat() ? NODES.numberNode(signed.doubleValue()) : NODES.numberNode(signed);
    }

    /** A fraction that came out as a whole number would be of another kind than what it stands for. */
    private static BigDecimal fraction(BigDecimal value) {
        return value.stripTrailingZeros().scale() <= 0 ? value.add(value.ulp()) : value;
    }

    /** Another number with as many digits, none greater than the most; zero stays. */
    private BigInteger digits(BigInteger value, @Nullable BigInteger most) {
        if (value.signum() == 0) {
            return value;
        }
        int count = value.toString().length();
        BigInteger least = BigInteger.TEN.pow(count - 1);
        BigInteger end = BigInteger.TEN.pow(count);
        BigInteger bound = most == null ? end : end.min(most.add(BigInteger.ONE));
        RandomGenerator random = random(value.toString());
        byte[] bits = new byte[count + Long.BYTES]; // so many more than needed that the remainder is even
        random.nextBytes(bits);
        return least.add(new BigInteger(1, bits).mod(bound.subtract(least)));
    }

    private RandomGenerator random(String value) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            byte[] digest = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
            return new SplittableRandom(ByteBuffer.wrap(digest).getLong());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + MAC, e);
        }
    }
}
