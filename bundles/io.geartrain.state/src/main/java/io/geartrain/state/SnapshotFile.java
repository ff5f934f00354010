package io.geartrain.state;

import io.geartrain.spi.Input;
import io.geartrain.spi.Output;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * The file of one task's snapshot: header, blocks without gaps, index, footer. The header and the
 * index end with a CRC-32C, the footer has one, and the index has one for each block.
 *
 * <pre>
 * header  magic 8 | version u16 | length u32 | header | crc u32
 * block   entries
 * index   types | names | count | (step | state | key group | entries | length | crc) … | crc u32
 * footer  index position u64 | index length u32 | file length u64 | crc u32 | magic 8
 * </pre>
 */
public final class SnapshotFile {
  /** Stands for the key group of state that belongs to no key. */
  public static final int NO_GROUP = -1;

  static final byte[] MAGIC = "GEARSNAP".getBytes(StandardCharsets.US_ASCII);
  static final byte[] END_MAGIC = "PANSRAEG".getBytes(StandardCharsets.US_ASCII);
  static final int FORMAT = 1;
  static final int PREFIX_BYTES = 14;
  static final int FOOTER_BYTES = 32;

  private SnapshotFile() {}

  /**
   * Whose snapshot it is.
   *
   * @param application its id
   * @param checkpoint number of the checkpoint
   * @param epoch of the application master that asked for it
   * @param planVersion of the plan that ran
   * @param task id of the task
   */
  public record Header(
      String application, long checkpoint, long epoch, long planVersion, String task) {
    /** Checks. */
    public Header {
      Objects.requireNonNull(application, "application");
      Objects.requireNonNull(task, "task");
    }

    void write(Output out) {
      out.writeString(application);
      out.writeVarLong(checkpoint);
      out.writeVarLong(epoch);
      out.writeVarLong(planVersion);
      out.writeString(task);
    }

    static Header read(Input in) {
      return new Header(
          in.readString(), in.readVarLong(), in.readVarLong(), in.readVarLong(), in.readString());
    }
  }

  /**
   * A block of the file.
   *
   * @param step id of the step whose state it is
   * @param state name of the state
   * @param keyGroup of its entries, or {@link #NO_GROUP}
   * @param entries how many it holds
   * @param position in the file
   * @param length in bytes
   * @param crc32c of its bytes
   */
  public record Block(
      String step, String state, int keyGroup, int entries, long position, int length, int crc32c) {
    @Override
    public String toString() {
      return "block '"
          + state
          + "' of step '"
          + step
          + "'"
          + (keyGroup == NO_GROUP ? "" : ", key group " + keyGroup)
          + ", at byte "
          + position;
    }
  }

  static int crc(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
