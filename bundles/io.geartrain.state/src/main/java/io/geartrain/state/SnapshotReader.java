package io.geartrain.state;

import io.geartrain.spi.CheckpointStore;
import io.geartrain.spi.CodecException;
import io.geartrain.spi.Input;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Reads a {@link SnapshotFile} and believes nothing unchecked. Used by one thread at a time; may
 * block.
 */
public final class SnapshotReader implements Closeable {
  private final CheckpointStore.StoredFile file;
  private final SnapshotFile.Header header;
  private final byte[] types;
  private final List<SnapshotFile.Block> blocks;

  private record Index(byte[] types, List<SnapshotFile.Block> blocks) {}

  /**
   * Reads all but the blocks; the file is this reader's own from now on.
   *
   * @throws DamagedSnapshotException if it is not as it was written
   */
  public SnapshotReader(CheckpointStore.StoredFile file) throws IOException {
    this.file = file;
    try {
      Input footer = readFooter();
      long indexPosition = footer.readLong();
      int indexLength = footer.readInt();
      long length = footer.readLong();
      if (length != file.length()
          || indexLength < 4
          || indexPosition != length - SnapshotFile.FOOTER_BYTES - indexLength) {
        throw damaged("footer", "it speaks of " + length + " bytes, there are " + file.length());
      }
      byte[] prefix = checkedHeader(indexPosition);
      header = decodeHeader(prefix);
      Index index = readIndex(prefix.length, indexPosition, indexLength);
      types = index.types;
      blocks = index.blocks;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private Input readFooter() throws IOException {
    if (file.length() < SnapshotFile.PREFIX_BYTES + 4L + SnapshotFile.FOOTER_BYTES) {
      throw damaged("footer", "the file has but " + file.length() + " bytes");
    }
    byte[] bytes =
        read(file.length() - SnapshotFile.FOOTER_BYTES, SnapshotFile.FOOTER_BYTES, "footer");
    int magicAt = SnapshotFile.FOOTER_BYTES - SnapshotFile.END_MAGIC.length;
    if (!Arrays.equals(bytes, magicAt, bytes.length, SnapshotFile.END_MAGIC, 0, 8)) {
      throw damaged("footer", "it is cut off, or no checkpoint file");
    }
    checkCrc(bytes, magicAt, "footer");
    return new Input(bytes);
  }

  /** The bytes of the header with all around it. */
  private byte[] checkedHeader(long limit) throws IOException {
    byte[] prefix = read(0, SnapshotFile.PREFIX_BYTES, "header");
    if (!Arrays.equals(prefix, 0, 8, SnapshotFile.MAGIC, 0, 8)) {
      throw damaged("header", "it is no checkpoint file");
    }
    Input in = new Input(prefix);
    in.readLong();
    int format = in.readByte() | in.readByte() << 8;
    int length = in.readInt();
    if (length < 0 || length > limit - SnapshotFile.PREFIX_BYTES - 4) {
      throw damaged("header", "it speaks of " + length + " bytes");
    }
    byte[] bytes = read(0, SnapshotFile.PREFIX_BYTES + length + 4, "header");
    checkCrc(bytes, bytes.length, "header");
    if (format != SnapshotFile.FORMAT) {
      throw new StateException(
          "the checkpoint file "
              + file.name()
              + " has format "
              + format
              + "; this version reads format "
              + SnapshotFile.FORMAT);
    }
    return bytes;
  }

  private SnapshotFile.Header decodeHeader(byte[] bytes) {
    Input in = new Input();
    in.reset(bytes, SnapshotFile.PREFIX_BYTES, bytes.length - SnapshotFile.PREFIX_BYTES - 4);
    try {
      return SnapshotFile.Header.read(in);
    } catch (CodecException e) {
      throw new DamagedSnapshotException(file.name(), "header", e.getMessage(), e);
    }
  }

  private Index readIndex(long blocksPosition, long position, int length) throws IOException {
    byte[] bytes = read(position, length, "index");
    checkCrc(bytes, length, "index");
    Input in = new Input();
    in.reset(bytes, 0, length - 4);
    try {
      byte[] typeBytes = new byte[in.readLength(1)];
      in.readBytes(typeBytes, 0, typeBytes.length);
      List<String> names = new ArrayList<>();
      for (int left = in.readLength(1); left > 0; left--) {
        names.add(in.readString());
      }
      int count = in.readLength(9);
      List<SnapshotFile.Block> list = new ArrayList<>(count);
      long at = blocksPosition;
      for (int i = 0; i < count; i++) {
        SnapshotFile.Block block =
            new SnapshotFile.Block(
                name(names, in),
                name(names, in),
                in.readSignedInt(),
                in.readVarInt(),
                at,
                in.readVarInt(),
                in.readInt());
        if (block.length() < 0 || block.length() > position - at) {
          throw damaged("index", block + " has " + block.length() + " bytes");
        }
        list.add(block);
        at += block.length();
      }
      if (at != position) {
        throw damaged("index", "it leaves " + (position - at) + " bytes out");
      }
      return new Index(typeBytes, List.copyOf(list));
    } catch (CodecException e) {
      throw new DamagedSnapshotException(file.name(), "index", e.getMessage(), e);
    }
  }

  private static String name(List<String> names, Input in) {
    int number = in.readVarInt();
    if (number < 0 || number >= names.size()) {
      throw in.corrupt("name " + number + " of " + names.size());
    }
    return names.get(number);
  }

  /** Whose snapshot it is. */
  public SnapshotFile.Header header() {
    return header;
  }

  /** What {@link SnapshotWriter#complete} was given. */
  public byte[] types() {
    return types.clone();
  }

  /** All blocks, in the order of the file. */
  public List<SnapshotFile.Block> blocks() {
    return blocks;
  }

  /** Ids of the steps of which it holds anything. */
  public List<String> steps() {
    TreeSet<String> steps = new TreeSet<>();
    blocks.forEach(block -> steps.add(block.step()));
    return List.copyOf(steps);
  }

  /** The blocks of a step's keyed state that are in a range of key groups. */
  public List<SnapshotFile.Block> blocks(String step, KeyGroupRange range) {
    return blocks.stream()
        .filter(block -> block.step().equals(step) && range.contains(block.keyGroup()))
        .toList();
  }

  /** The blocks of a step's state that belongs to no key, in the order in which it was put. */
  public List<SnapshotFile.Block> operatorBlocks(String step, String state) {
    return blocks.stream()
        .filter(
            block ->
                block.step().equals(step)
                    && block.state().equals(state)
                    && block.keyGroup() == SnapshotFile.NO_GROUP)
        .toList();
  }

  /**
   * The bytes of a block.
   *
   * @throws DamagedSnapshotException if they are not as they were written
   */
  public byte[] read(SnapshotFile.Block block) throws IOException {
    byte[] bytes = read(block.position(), block.length(), block.toString());
    if (SnapshotFile.crc(bytes, 0, bytes.length) != block.crc32c()) {
      throw damaged(block.toString(), "its checksum is wrong");
    }
    return bytes;
  }

  /** Reads every block. */
  public void verify() throws IOException {
    for (SnapshotFile.Block block : blocks) {
      read(block);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private byte[] read(long position, int length, String part) throws IOException {
    byte[] bytes = new byte[length];
    try {
      file.read(position, bytes, 0, length);
    } catch (EOFException e) {
      throw new DamagedSnapshotException(file.name(), part, "the file ends early", e);
    }
    return bytes;
  }

  private void checkCrc(byte[] bytes, int end, String part) {
    Input in = new Input();
    in.reset(bytes, end - 4, 4);
    if (in.readInt() != SnapshotFile.crc(bytes, 0, end - 4)) {
      throw damaged(part, "its checksum is wrong");
    }
  }

  private DamagedSnapshotException damaged(String part, String what) {
    return new DamagedSnapshotException(file.name(), part, what);
  }
}
