package io.geartrain.codec;

import io.geartrain.spi.Codec;
import io.geartrain.spi.CodecException;
import io.geartrain.spi.Input;
import io.geartrain.spi.Output;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes the components of a record in their order and makes the record of them again. Two method
 * handles, composed once, do so without boxing a number.
 */
final class RecordCodec implements Codec<Object> {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final Map<Class<?>, MethodHandle> WRITERS =
      Map.of(
          boolean.class, onOutput("writeBoolean", boolean.class),
          byte.class, onOutput("writeByte", int.class),
          short.class, onOutput("writeSignedInt", int.class),
          char.class, onOutput("writeVarInt", int.class),
          int.class, onOutput("writeSignedInt", int.class),
          long.class, onOutput("writeSignedLong", long.class),
          float.class, onOutput("writeFloat", float.class),
          double.class, onOutput("writeDouble", double.class));
  private static final Map<Class<?>, MethodHandle> READERS =
      Map.of(
          boolean.class, onInput("readBoolean", boolean.class),
          byte.class,
              MethodHandles.explicitCastArguments(
                  onInput("readByte", int.class), MethodType.methodType(byte.class, Input.class)),
          short.class, inBuiltIns("readShort", short.class),
          char.class, inBuiltIns("readChar", char.class),
          int.class, onInput("readSignedInt", int.class),
          long.class, onInput("readSignedLong", long.class),
          float.class, onInput("readFloat", float.class),
          double.class, onInput("readDouble", double.class));

  private final Class<?> type;
  private final String fingerprint;
  private final List<Slot> slots = new ArrayList<>();
  private final MethodHandle writer;
  private final MethodHandle reader;

  /**
   * A codec; its {@link #slots} are to be linked before it is used.
   *
   * @throws CodecException if the record keeps others out, as it may in a named module
   */
  RecordCodec(Class<?> type, Codec<Object> any) {
    this.type = type;
    this.fingerprint = Types.describe(type);
    try {
      MethodHandles.Lookup inside = MethodHandles.privateLookupIn(type, LOOKUP);
      RecordComponent[] components = type.getRecordComponents();
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      MethodHandle writing =
          MethodHandles.empty(MethodType.methodType(void.class, type, Output.class));
      MethodHandle reading = inside.findConstructor(type, MethodType.methodType(void.class, types));
      reading = MethodHandles.dropArguments(reading, types.length, Input.class);
      for (int i = types.length - 1; i >= 0; i--) {
        Slot slot = BuiltIns.isExact(types[i]) || isExact(types[i]) ? new Slot(types[i]) : null;
        if (slot != null) {
          slots.add(slot);
        }
        MethodHandle get = inside.unreflect(components[i].getAccessor());
        writing =
            MethodHandles.foldArguments(
                writing,
                MethodHandles.filterArguments(componentWriter(types[i], slot, any), 0, get));
        reading = MethodHandles.foldArguments(reading, i, componentReader(types[i], slot, any));
      }
      writer = writing.asType(MethodType.methodType(void.class, Object.class, Output.class));
      reader = reading.asType(MethodType.methodType(Object.class, Input.class));
    } catch (ReflectiveOperationException e) {
      throw new CodecException(
          "the record "
              + type.getName()
              + " can't be reached ("
              + e.getMessage()
              + "); open its package in module-info.java, or leave the module path",
          e);
    }
  }

  private static boolean isExact(Class<?> type) {
    return type.isRecord() || type.isEnum();
  }

  private static MethodHandle componentWriter(Class<?> type, Slot slot, Codec<Object> any) {
    MethodHandle write =
        type.isPrimitive()
            ? WRITERS.get(type)
            : slot != null ? SLOT_WRITE.bindTo(slot) : ANY_WRITE.bindTo(any);
    return write.asType(MethodType.methodType(void.class, type, Output.class));
  }

  private static MethodHandle componentReader(Class<?> type, Slot slot, Codec<Object> any) {
    MethodHandle read =
        type.isPrimitive()
            ? READERS.get(type)
            : slot != null ? SLOT_READ.bindTo(slot) : ANY_READ.bindTo(any);
    return read.asType(MethodType.methodType(type, Input.class));
  }

  private static final MethodHandle SLOT_WRITE =
      find(Slot.class, "write", MethodType.methodType(void.class, Object.class, Output.class));
  private static final MethodHandle SLOT_READ =
      find(Slot.class, "read", MethodType.methodType(Object.class, Input.class));
  private static final MethodHandle ANY_WRITE =
      find(Codec.class, "write", MethodType.methodType(void.class, Object.class, Output.class));
  private static final MethodHandle ANY_READ =
      find(Codec.class, "read", MethodType.methodType(Object.class, Input.class));

  private static MethodHandle find(Class<?> owner, String name, MethodType type) {
    try {
      return LOOKUP.findVirtual(owner, name, type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(owner + "." + name, e);
    }
  }

  private static MethodHandle onOutput(String name, Class<?> type) {
    MethodHandle write = find(Output.class, name, MethodType.methodType(void.class, type));
    return MethodHandles.permuteArguments(
        write, MethodType.methodType(void.class, type, Output.class), 1, 0);
  }

  private static MethodHandle onInput(String name, Class<?> type) {
    return find(Input.class, name, MethodType.methodType(type));
  }

  private static MethodHandle inBuiltIns(String name, Class<?> type) {
    try {
      return LOOKUP.findStatic(BuiltIns.class, name, MethodType.methodType(type, Input.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(name, e);
    }
  }

  List<Slot> slots() {
    return slots;
  }

  @Override
  @SuppressWarnings("unchecked")
  public Class<Object> type() {
    return (Class<Object>) type;
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public void write(Object value, Output out) {
    out.enter();
    try {
      writer.invokeExact(value, out);
    } catch (CodecException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new CodecException("an accessor of " + type.getName() + " failed: " + e, e);
    }
    out.exit();
  }

  @Override
  public Object read(Input in) {
    in.enter();
    Object value;
    try {
      value = (Object) reader.invokeExact(in);
    } catch (CodecException | Error e) {
      throw e;
    } catch (RuntimeException e) {
      throw BuiltIns.refused(in, type, e);
    } catch (Throwable e) {
      throw new CodecException("the constructor of " + type.getName() + " failed: " + e, e);
    }
    in.exit();
    return value;
  }
}
