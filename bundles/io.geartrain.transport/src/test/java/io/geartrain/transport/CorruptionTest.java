package io.geartrain.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.geartrain.channel.Batch;
import io.geartrain.channel.Incarnation;
import io.geartrain.spi.Output;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CorruptionTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Batch batch = new Batch(8);

  private void read(byte[] frame) {
    batch.clear();
    new FrameDecoder(Samples.CHANNEL, Samples.codecs()).read(frame, frame.length, batch);
  }

  private void assertRefused(byte[] frame, String what) {
    try {
      read(frame);
    } catch (CorruptFrame refused) {
      return;
    }
    throw new AssertionError(what + " passed unnoticed");
  }

  /** Small frames, each bit of them. */
  @Test
  void noFlippedBitPasses() {
    for (long seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      byte[] frame = Samples.frames(Samples.batch(random, random.nextInt(4)));
      for (int bit = 0; bit < 8 * frame.length; bit++) {
        frame[bit / 8] ^= (byte) (1 << bit % 8);
        assertRefused(frame, "seed " + seed + ", bit " + bit);
        frame[bit / 8] ^= (byte) (1 << bit % 8);
      }
      read(frame);
    }
  }

  @Test
  void neitherNoiseNorManyFlippedBitsPass() {
    for (long seed = 0; seed < 50_000; seed++) {
      Random random = new Random(seed);
      byte[] frame = Samples.frames(Samples.batch(random, random.nextInt(6)));
      byte[] bad = frame.clone();
      for (int i = random.nextInt(20); i >= 0; i--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      if (!Arrays.equals(frame, bad)) {
        assertRefused(bad, "seed " + seed);
      }
    }
  }

  @Test
  void whatIsCutOffIsRefused() {
    byte[] frame = Samples.frames(Samples.batch(new Random(1), 5));
    for (int length = 0; length < frame.length; length++) {
      byte[] cut = Arrays.copyOf(frame, length);
      assertRefused(cut, length + " bytes");
    }
  }

  @Test
  void noDamagedLengthMakesAnybodyAllocate() {
    byte[] frame = Samples.frames(Samples.batch(new Random(2), 5));
    for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 30, 31, 0}) {
      byte[] bad = frame.clone();
      Frame.putInt(bad, Frame.LENGTH, length);
      assertBounded(bad);
    }
  }

  @Test
  void whatIsLargerThanAnyFrameIsRefusedUnread() {
    byte[] huge = new byte[Frame.LARGEST_BYTES + 1];
    Frame.putInt(huge, Frame.LENGTH, huge.length - Integer.BYTES);

    assertThatThrownBy(() -> read(huge))
        .isInstanceOf(CorruptFrame.class)
        .hasMessageContaining("a frame has from 48 to " + Frame.LARGEST_BYTES);
    assertBounded(huge);
  }

  /**
   * A CRC protects against accidents, not against a sender that is wrong: that must not crash, and
   * is no fault of the application.
   */
  @Test
  void wrongFramesWithARightCrcAreRefusedOrReadWithinBounds() {
    for (long seed = 0; seed < 50_000; seed++) {
      Random random = new Random(seed);
      byte[] frame = Samples.frames(Samples.batch(random, random.nextInt(6)));
      for (int i = random.nextInt(4); i >= 0; i--) {
        int at = random.nextInt(frame.length);
        if (at >= Frame.FLAGS) {
          frame[at] = (byte) random.nextInt();
        }
      }
      seal(frame);
      assertBounded(frame);
    }
  }

  private void assertBounded(byte[] frame) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      read(frame);
    } catch (CorruptFrame refused) {
      // as it should be
    }
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(4 << 20);
  }

  private static void seal(byte[] frame) {
    CRC32C crc = new CRC32C();
    crc.update(frame, 0, Frame.CRC);
    crc.update(frame, Frame.PAYLOAD, frame.length - Frame.PAYLOAD);
    Frame.putInt(frame, Frame.CRC, (int) crc.getValue());
  }

  private final Output out = new Output();

  private int[] threeFrames() {
    FrameEncoder encoder = new FrameEncoder(Samples.CHANNEL, Samples.codecs());
    int[] ends = new int[4];
    for (int i = 1; i <= 3; i++) {
      Batch sent = new Batch(2);
      sent.add(i, i);
      sent.seal(i < 3 ? Batch.Kind.DATA : Batch.Kind.BARRIER, i);
      sent.mark(1, 3);
      encoder.write(sent, 0, out);
      ends[i] = out.size();
    }
    return ends;
  }

  private static int[] order(int... frames) {
    return frames;
  }

  private void readInOrder(int[] ends, int[] frames) {
    FrameDecoder decoder = new FrameDecoder(Samples.CHANNEL, Samples.codecs());
    for (int frame : frames) {
      batch.clear();
      byte[] bytes = Arrays.copyOfRange(out.array(), ends[frame], ends[frame + 1]);
      decoder.read(bytes, bytes.length, batch);
    }
  }

  @Test
  void framesThatAreLostDoubledOrSwappedAreRefused() {
    int[] ends = threeFrames();
    readInOrder(ends, order(0, 1, 2));

    assertThatThrownBy(() -> readInOrder(ends, order(0, 2)))
        .isInstanceOf(CorruptFrame.class)
        .hasMessageContaining("channel ChannelId[edge=3")
        .hasMessageContaining("frame 2 came where 1 was due: frames were lost");
    assertThatThrownBy(() -> readInOrder(ends, order(0, 1, 1)))
        .isInstanceOf(CorruptFrame.class)
        .hasMessageContaining("frame 1 came where 2 was due: frames were sent twice");
    assertThatThrownBy(() -> readInOrder(ends, order(1))).isInstanceOf(CorruptFrame.class);
  }

  private void assertRefusedIn(FrameChannel channel, String because) {
    byte[] frame = Samples.frames(Samples.batch(new Random(3), 2));
    assertThatThrownBy(
            () -> new FrameDecoder(channel, Samples.codecs()).read(frame, frame.length, batch))
        .isInstanceOf(CorruptFrame.class)
        .hasMessageContaining(because);
  }

  private static FrameChannel channel(int number, Incarnation incarnation) {
    return new FrameChannel(Samples.CHANNEL.id(), number, incarnation, "orders", "book");
  }

  @Test
  void framesOfOtherChannelsAndIncarnationsAreRefused() {
    assertRefusedIn(channel(8, Samples.INCARNATION), "a frame of channel 7 in channel 8");
    String frame = "a frame of epoch 5, attempt 2, plan 1, but tasks are of ";
    assertRefusedIn(channel(7, new Incarnation(6, 2, 1)), frame + "epoch 6, attempt 2, plan 1");
    assertRefusedIn(channel(7, new Incarnation(5, 3, 1)), frame + "epoch 5, attempt 3, plan 1");
    assertRefusedIn(channel(7, new Incarnation(5, 2, 2)), frame + "epoch 5, attempt 2, plan 2");
    assertRefusedIn(channel(7, new Incarnation(5L + (1L << 32), 2, 1)), frame + "epoch 4294967301");
  }
}
