package io.geartrain.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.channel.Batch;
import io.geartrain.spi.Output;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameTest {
  private static Batch decoded(byte[] frame) {
    Batch batch = new Batch(4);
    new FrameDecoder(Samples.CHANNEL, Samples.codecs()).read(frame, frame.length, batch);
    return batch;
  }

  @Test
  void everyBatchComesBackAsItWas() {
    for (long seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      Batch sent = Samples.batch(random, random.nextInt(20));

      Batch came = decoded(Samples.frames(sent));

      assertThat(came.kind()).as("seed %d", seed).isEqualTo(sent.kind());
      assertThat(came.watermark()).as("seed %d", seed).isEqualTo(sent.watermark());
      assertThat(came.size()).as("seed %d", seed).isEqualTo(sent.size());
      assertThat(Arrays.copyOf(came.timestamps(), came.size()))
          .as("seed %d", seed)
          .isEqualTo(Arrays.copyOf(sent.timestamps(), sent.size()));
      assertThat(
              Arrays.deepEquals(
                  Arrays.copyOf(came.values(), came.size()),
                  Arrays.copyOf(sent.values(), sent.size())))
          .as("seed %d: %s", seed, Arrays.deepToString(sent.values()))
          .isTrue();
      if (sent.kind() != Batch.Kind.DATA) {
        assertThat(came.checkpoint()).as("seed %d", seed).isEqualTo(sent.checkpoint());
        assertThat(came.sent()).as("seed %d", seed).isEqualTo(sent.sent());
      }
    }
  }

  /** The layout is a promise to processes of other versions: it changes with care. */
  @Test
  void theLayoutIsAsDescribed() {
    Batch batch = new Batch(2);
    batch.add("ab", 1_000);
    batch.add(-1L, 1_001);
    batch.seal(Batch.Kind.DATA, 999);

    String frame = HexFormat.of().formatHex(Samples.frames(batch));

    String header =
        "35000000"
            + ("00" + "00" + "07000000")
            + ("0500000000000000" + "02000000" + "01000000")
            + ("0000000000000000" + "0200");
    String watermark = "e703000000000000";
    String records = "d00f" + "09" + "046162" + "02" + "06" + "01";
    assertThat(frame).startsWith(header + watermark).endsWith(records);
    assertThat(frame).hasSize(2 * (Frame.PAYLOAD + records.length() / 2));
  }

  @Test
  void whatCantBeWrittenIsNamedWithTheEdgeAndWhatToDo() {
    Batch batch = new Batch(3);
    batch.add(1, 10);
    batch.add(new Samples.Handle(), 11);

    assertThatThrownBy(() -> Samples.frames(batch))
        .isInstanceOfSatisfying(
            RefusedRecord.class,
            refused -> {
              assertThat(refused.stepId()).isEqualTo("orders");
              assertThat(refused.value()).hasToString("a handle");
              assertThat(refused.timestamp()).isEqualTo(11);
              assertThat(refused)
                  .hasMessageContaining("edge 'orders' → 'book'")
                  .hasMessageContaining(Samples.Handle.class.getName())
                  .hasMessageContaining("make it a record");
            });
  }

  @Test
  void whatThePlanDoesNotListIsNamedWithTheCallThatListsIt() {
    Batch batch = new Batch(1);
    batch.add(new Samples.Unlisted(1), 10);

    assertThatThrownBy(() -> Samples.frames(batch))
        .isInstanceOf(RefusedRecord.class)
        .hasMessageContaining("edge 'orders' → 'book'")
        .hasMessageContaining("streams.types(Unlisted.class)");
  }

  @Test
  void aRecordThatNoFrameHoldsIsRefusedWithWhatToDo() {
    Batch batch = new Batch(1);
    batch.add(new byte[Frame.LARGEST_RECORD_BYTES], 10);

    assertThatThrownBy(() -> Samples.frames(batch))
        .isInstanceOf(RefusedRecord.class)
        .hasMessageContaining("a channel carries at most " + Frame.LARGEST_RECORD_BYTES);
  }

  @Test
  void aLargeBatchTakesSeveralFrames() {
    Batch batch = new Batch(5);
    for (int i = 0; i < 5; i++) {
      batch.add(new byte[500_000], i);
    }
    batch.seal(Batch.Kind.BARRIER, 77);
    batch.mark(3, 5);
    FrameEncoder encoder = new FrameEncoder(Samples.CHANNEL, Samples.codecs());
    FrameDecoder decoder = new FrameDecoder(Samples.CHANNEL, Samples.codecs());
    Output out = new Output();
    Batch part = new Batch(5);

    assertThat(encoder.write(batch, 0, out)).isEqualTo(3);
    decoder.read(out.array(), out.size(), part);
    assertThat(part.size()).isEqualTo(3);
    assertThat(part.kind()).isEqualTo(Batch.Kind.DATA);
    assertThat(part.watermark()).isEqualTo(Long.MIN_VALUE);

    part.clear();
    out.clear();
    assertThat(encoder.write(batch, 3, out)).isEqualTo(5);
    decoder.read(out.array(), out.size(), part);
    assertThat(part.size()).isEqualTo(2);
    assertThat(part.timestamps()).startsWith(3, 4);
    assertThat(part.kind()).isEqualTo(Batch.Kind.BARRIER);
    assertThat(part.watermark()).isEqualTo(77);
  }
}
