package dev.chipray.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads sizes as people write them: `4096`, `0x1000`, `60KiB`, `1.5M`; K, M and G are powers of 1024.
final class SizeConverter implements ITypeConverter<Long> {

    private static final Pattern SIZE =
            Pattern.compile(
                    "(0x[0-9a-f]+|[0-9]+(?:\\.[0-9]+)?)\\s*(k|m|g)?(i?b)?",
                    Pattern.CASE_INSENSITIVE);

    @Override
    public Long convert(String value) {
        Matcher matcher = SIZE.matcher(value.strip());
        if (!matcher.matches()) {
            throw new TypeConversionException(
                    "'" + value + "' is not a size such as 4096, 60KiB or 1.5MiB");
        }
        String unit = matcher.group(2) == null ? "" : matcher.group(2).toLowerCase(Locale.ROOT);
        long factor =
                switch (unit) {
                    case "k" -> 1L << 10;
                    case "m" -> 1L << 20;
                    case "g" -> 1L << 30;
                    default -> 1;
                };
        String number = matcher.group(1).toLowerCase(Locale.ROOT);
        try {
            if (number.startsWith("0x")) {
                return Math.multiplyExact(Long.parseLong(number.substring(2), 16), factor);
            }
            if (number.contains(".")) {
                return (long) (Double.parseDouble(number) * factor);
            }
            return Math.multiplyExact(Long.parseLong(number), factor);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new TypeConversionException("'" + value + "' is larger than any memory");
        }
    }
}
