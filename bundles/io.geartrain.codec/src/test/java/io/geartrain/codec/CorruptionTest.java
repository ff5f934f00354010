package io.geartrain.codec;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.geartrain.spi.CodecException;
import io.geartrain.spi.CorruptDataException;
import io.geartrain.spi.Input;
import io.geartrain.spi.Output;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CorruptionTest {
  private final CodecRegistry registry =
      CodecRegistry.of(
          Types.collect(RandomValues.DECLARED).dictionary(), getClass().getClassLoader());

  @Test
  void whatIsCutOffIsRefused() {
    for (long seed = 0; seed < 1_000; seed++) {
      byte[] bytes = bytes(seed);
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> registry.any().read(new Input(cut)))
            .as("seed %d, %d of %d bytes", seed, length, bytes.length)
            .isInstanceOf(CorruptDataException.class);
      }
    }
  }

  @Test
  void whatIsChangedIsReadOrRefused() {
    for (long seed = 0; seed < 50_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = bytes(seed % 1_000);
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      readOrRefuse(bytes, "seed " + seed);
    }
  }

  @Test
  void noiseIsReadOrRefused() {
    for (long seed = 0; seed < 50_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = new byte[1 + random.nextInt(64)];
      random.nextBytes(bytes);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = random.nextBoolean() ? (byte) random.nextInt(64) : bytes[i];
      }
      readOrRefuse(bytes, "seed " + seed);
    }
  }

  private void readOrRefuse(byte[] bytes, String what) {
    try {
      registry.any().read(new Input(bytes));
    } catch (CodecException refused) {
      // as it should be
    } catch (Throwable e) {
      fail(what, e);
    }
  }

  @Test
  void lengthsAreCheckedBeforeAnythingIsAllocated() {
    for (Class<?> type : new Class<?>[] {byte[].class, long[].class, double[].class}) {
      Output out = new Output();
      out.writeVarInt(Integer.MAX_VALUE - 8);
      assertThatThrownBy(() -> registry.codec(type).read(new Input(out.toByteArray())))
          .isInstanceOf(CorruptDataException.class)
          .hasMessageContaining("elements");
    }
    Output text = new Output();
    text.writeVarLong(Long.MAX_VALUE);
    assertThatThrownBy(() -> new Input(text.toByteArray()).readString())
        .isInstanceOf(CorruptDataException.class);
  }

  private byte[] bytes(long seed) {
    Output out = new Output();
    registry.any().write(new RandomValues(seed).next(3), out);
    return out.toByteArray();
  }
}
