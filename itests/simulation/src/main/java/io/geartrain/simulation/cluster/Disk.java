package io.geartrain.simulation.cluster;

import io.geartrain.simulation.fault.Coverage.Sight;
import io.geartrain.simulation.fault.Moment;
import io.geartrain.simulation.time.Life;
import io.geartrain.spi.CheckpointStore;
import io.geartrain.state.Manifest;
import io.geartrain.state.MemoryCheckpointStore;
import java.io.IOException;
import java.util.List;

/** The store of checkpoints as a process sees it: writes may fail, or be written wrong. */
final class Disk implements CheckpointStore {
  private final World world;
  private final MemoryCheckpointStore store;
  private final Life life;
  private boolean writeFails;
  private boolean deleteFails;

  Disk(World world, Life life) {
    this.world = world;
    this.store = world.files();
    this.life = life;
  }

  /** Lets the next write fail. */
  void failWrite() {
    writeFails = true;
  }

  /** Lets the next deletion fail. */
  void failDelete() {
    deleteFails = true;
  }

  private void write() throws IOException {
    life.check();
    world.faults().at(Moment.WRITE, life);
    if (writeFails) {
      writeFails = false;
      throw new IOException("no space left, as drawn");
    }
  }

  @Override
  public Upload create(String application, String checkpoint, String file) throws IOException {
    write();
    if (!file.equals(Manifest.FILE)) {
      world.coverage().see(Sight.PART_IN_STORE);
    }
    return new DrawnUpload(store.create(application, checkpoint, file));
  }

  @Override
  public StoredFile open(String application, String checkpoint, String file) throws IOException {
    life.check();
    return store.open(application, checkpoint, file);
  }

  @Override
  public List<String> list(String application) {
    life.check();
    return store.list(application);
  }

  @Override
  public List<String> applications() {
    life.check();
    return store.applications();
  }

  @Override
  public void delete(String application, String checkpoint) throws IOException {
    life.check();
    if (deleteFails) {
      deleteFails = false;
      throw new IOException("the folder is in use, as drawn");
    }
    store.delete(application, checkpoint);
  }

  private final class DrawnUpload implements Upload {
    private final Upload upload;

    DrawnUpload(Upload upload) {
      this.upload = upload;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      Disk.this.write();
      upload.write(bytes, offset, length);
    }

    @Override
    public Receipt complete() throws IOException {
      Disk.this.write();
      Receipt receipt;
      try {
        receipt = upload.complete();
      } catch (IOException e) {
        world.coverage().see(Sight.DAMAGED_WRITE_NOTICED);
        throw e;
      }
      world.faults().at(Moment.STORED, life);
      return receipt;
    }

    @Override
    public void close() throws IOException {
      if (life.alive()) {
        upload.close();
      }
    }
  }
}
