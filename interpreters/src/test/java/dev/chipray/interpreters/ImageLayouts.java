package dev.chipray.interpreters;

import dev.chipray.testkit.FirmwareImage;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What an image that a test built says about itself.
public record ImageLayouts(FirmwareImage image) implements Layouts {
    @Override
    public int wordSize() {
        return image.wordSize();
    }

    @Override
    public ByteOrder order() {
        return image.order();
    }

    @Override
    public OptionalLong symbol(String name) {
        Long address = image.symbols().get(name);
        return address == null ? OptionalLong.empty() : OptionalLong.of(address);
    }

    @Override
    public Optional<String> symbolAt(long address) {
        return image.symbols().entrySet().stream()
                .filter(e -> e.getValue() == address)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    @Override
    public List<Variable> variables() {
        List<Variable> all = new ArrayList<>();
        image.symbols()
                .forEach((name, address) -> all.add(new Variable(name, address, image.wordSize())));
        return all;
    }

    @Override
    public Optional<Struct> struct(String name) {
        FirmwareImage.Layout layout = image.layouts().get(name);
        return layout == null
                ? Optional.empty()
                : Optional.of(
                        new Struct(
                                name,
                                layout.size(),
                                layout.members().stream().map(ImageLayouts::field).toList()));
    }

    private static Field field(FirmwareImage.Member m) {
        Shape shape =
                switch (m.shape()) {
                    case 'P' -> Shape.POINTER;
                    case 'I' -> Shape.INTEGER;
                    case 'F' -> Shape.FLOAT;
                    case 'S' -> Shape.STRUCT;
                    default -> Shape.ARRAY;
                };
        return new Field(
                m.name(), m.bitOffset(), m.bitSize(), m.size(), shape, m.elementSize(), m.type());
    }

    @Override
    public OptionalLong sizeOf(String type) {
        Integer size = image.typeSizes().get(type);
        return size == null ? OptionalLong.empty() : OptionalLong.of(size);
    }
}
