package io.geartrain.state;

import io.geartrain.spi.CheckpointStore;
import io.geartrain.spi.Output;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a {@link SnapshotFile}, block by block. Used by one thread at a time; may block. */
public final class SnapshotWriter implements Closeable {
  private final CheckpointStore.Upload upload;
  private final List<SnapshotFile.Block> blocks = new ArrayList<>();
  private long position;

  /** Begins the file; the upload is this writer's own from now on. */
  public SnapshotWriter(CheckpointStore.Upload upload, SnapshotFile.Header header)
      throws IOException {
    this.upload = upload;
    Output body = new Output();
    header.write(body);
    Output out = new Output();
    out.writeBytes(SnapshotFile.MAGIC, 0, SnapshotFile.MAGIC.length);
    out.writeByte(SnapshotFile.FORMAT);
    out.writeByte(SnapshotFile.FORMAT >>> 8);
    out.writeInt(body.size());
    out.writeBytes(body.array(), 0, body.size());
    out.writeInt(SnapshotFile.crc(out.array(), 0, out.size()));
    append(out);
  }

  /**
   * Appends a block.
   *
   * @param keyGroup of its entries, or {@link SnapshotFile#NO_GROUP}
   */
  public void block(String step, String state, int keyGroup, int entries, byte[] bytes)
      throws IOException {
    blocks.add(
        new SnapshotFile.Block(
            step,
            state,
            keyGroup,
            entries,
            position,
            bytes.length,
            SnapshotFile.crc(bytes, 0, bytes.length)));
    upload.write(bytes, 0, bytes.length);
    position += bytes.length;
  }

  /**
   * Makes the file durable.
   *
   * @param types what the reader needs to know of the types of the values, for {@link
   *     SnapshotReader#types}
   */
  public CheckpointStore.Receipt complete(byte[] types) throws IOException {
    long indexPosition = position;
    Output index = new Output();
    index.writeVarInt(types.length);
    index.writeBytes(types, 0, types.length);
    Map<String, Integer> names = new LinkedHashMap<>();
    for (SnapshotFile.Block block : blocks) {
      names.putIfAbsent(block.step(), names.size());
      names.putIfAbsent(block.state(), names.size());
    }
    index.writeVarInt(names.size());
    names.keySet().forEach(index::writeString);
    index.writeVarInt(blocks.size());
    for (SnapshotFile.Block block : blocks) {
      index.writeVarInt(names.get(block.step()));
      index.writeVarInt(names.get(block.state()));
      index.writeSignedInt(block.keyGroup());
      index.writeVarInt(block.entries());
      index.writeVarInt(block.length());
      index.writeInt(block.crc32c());
    }
    index.writeInt(SnapshotFile.crc(index.array(), 0, index.size()));
    append(index);
    Output footer = new Output();
    footer.writeLong(indexPosition);
    footer.writeInt(index.size());
    footer.writeLong(position + SnapshotFile.FOOTER_BYTES);
    footer.writeInt(SnapshotFile.crc(footer.array(), 0, footer.size()));
    footer.writeBytes(SnapshotFile.END_MAGIC, 0, SnapshotFile.END_MAGIC.length);
    append(footer);
    return upload.complete();
  }

  /** Leaves no trace, if the file is not complete. */
  @Override
  public void close() throws IOException {
    upload.close();
  }

  private void append(Output out) throws IOException {
    upload.write(out.array(), 0, out.size());
    position += out.size();
  }
}
