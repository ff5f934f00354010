package io.geartrain.state;

import io.geartrain.spi.CheckpointStore;
import io.geartrain.spi.CodecException;
import io.geartrain.spi.Input;
import io.geartrain.spi.Output;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What makes files a checkpoint: which there are, and what must be in them.
 *
 * @param application its id
 * @param checkpoint number of the checkpoint
 * @param epoch of the application master that made it
 * @param planVersion of the plan that ran
 * @param fingerprint of that plan
 * @param createdAtMs ms since 1970
 * @param savepoint true if it was asked for by a person and is kept until a person deletes it
 * @param states what each step of the plan that may keep anything keeps, in words, by its id
 * @param tasks one for each task that has state
 */
public record Manifest(
    String application,
    long checkpoint,
    long epoch,
    long planVersion,
    String fingerprint,
    long createdAtMs,
    boolean savepoint,
    Map<String, String> states,
    List<TaskFile> tasks) {
  /** Name of the file that holds the manifest in its checkpoint. */
  public static final String FILE = "manifest";

  private static final int MAGIC = 0x4D524147;
  private static final int FORMAT = 2;
  private static final long LARGEST_BYTES = 1L << 28;

  /** Copies the collections. */
  public Manifest {
    Objects.requireNonNull(application, "application");
    Objects.requireNonNull(fingerprint, "fingerprint");
    states = Collections.unmodifiableMap(new TreeMap<>(states));
    tasks = List.copyOf(tasks);
  }

  /** Of a plan of whose steps nothing is told. */
  public Manifest(
      String application,
      long checkpoint,
      long epoch,
      long planVersion,
      String fingerprint,
      long createdAtMs,
      boolean savepoint,
      List<TaskFile> tasks) {
    this(
        application,
        checkpoint,
        epoch,
        planVersion,
        fingerprint,
        createdAtMs,
        savepoint,
        Map.of(),
        tasks);
  }

  /**
   * The snapshot of a task.
   *
   * @param task its id
   * @param steps ids of the steps of which the file holds anything
   * @param receipt name, length and checksum of the file
   * @param content the file itself as {@link MemoryFile}, if it is small; else null
   */
  public record TaskFile(
      String task, List<String> steps, CheckpointStore.Receipt receipt, byte[] content) {
    /** Copies the list. */
    public TaskFile {
      Objects.requireNonNull(task, "task");
      steps = List.copyOf(steps);
      Objects.requireNonNull(receipt, "receipt");
    }
  }

  /** Name of a checkpoint in the store; a later master's never collides with an earlier one's. */
  public static String name(long checkpoint, long epoch) {
    return String.format("%010d-%06d", checkpoint, epoch);
  }

  /** Name of this checkpoint in the store. */
  public String name() {
    return name(checkpoint, epoch);
  }

  /** Stores the manifest as the last file of its checkpoint. */
  public void save(CheckpointStore store) throws IOException {
    byte[] bytes = toBytes();
    try (CheckpointStore.Upload upload = store.create(application, name(), FILE)) {
      upload.write(bytes, 0, bytes.length);
      upload.complete();
    }
  }

  /**
   * Reads the manifest of a checkpoint.
   *
   * @param name of the checkpoint, by {@link #name(long, long)}
   * @throws DamagedSnapshotException if it is not as it was written, or missing
   */
  public static Manifest load(CheckpointStore store, String application, String name)
      throws IOException {
    try (CheckpointStore.StoredFile file = store.open(application, name, FILE)) {
      if (file.length() > LARGEST_BYTES) {
        throw new DamagedSnapshotException(
            file.name(), "length", file.length() + " bytes are too many");
      }
      byte[] bytes = new byte[(int) file.length()];
      file.read(0, bytes, 0, bytes.length);
      Manifest manifest = fromBytes(file.name(), bytes);
      if (!manifest.application.equals(application) || !manifest.name().equals(name)) {
        throw new DamagedSnapshotException(
            file.name(),
            "content",
            "it is that of " + manifest.application + "/" + manifest.name());
      }
      return manifest;
    } catch (NoSuchFileException e) {
      throw new DamagedSnapshotException(
          application + "/" + name + "/" + FILE, "content", "the file is missing", e);
    }
  }

  /** The same without anything of these steps. */
  public Manifest without(Collection<String> steps) {
    List<TaskFile> left = new ArrayList<>();
    for (TaskFile task : tasks) {
      List<String> others = task.steps.stream().filter(step -> !steps.contains(step)).toList();
      left.add(new TaskFile(task.task, others, task.receipt, task.content));
    }
    return withTasks(left);
  }

  /** The same with these tasks instead of its own. */
  public Manifest withTasks(List<TaskFile> others) {
    return new Manifest(
        application,
        checkpoint,
        epoch,
        planVersion,
        fingerprint,
        createdAtMs,
        savepoint,
        states,
        others);
  }

  /**
   * Reads every file of the checkpoint.
   *
   * @return under which names something is kept, by the id of the step
   * @throws DamagedSnapshotException if any is not as it was written, or missing
   */
  public Map<String, Set<String>> verify(CheckpointStore store) throws IOException {
    Map<String, Set<String>> names = new TreeMap<>();
    for (TaskFile task : tasks) {
      try (SnapshotReader reader = open(store, task)) {
        reader.verify();
        for (SnapshotFile.Block block : reader.blocks()) {
          names.computeIfAbsent(block.step(), step -> new TreeSet<>()).add(block.state());
        }
      }
    }
    return names;
  }

  /** Opens the file of a task, and checks that it is the one that it must be. */
  public SnapshotReader open(CheckpointStore store, TaskFile task) throws IOException {
    CheckpointStore.Receipt receipt = task.receipt;
    CheckpointStore.StoredFile file;
    try {
      file =
          task.content == null
              ? store.open(application, name(), receipt.file())
              : MemoryFile.open(receipt.file(), task.content);
    } catch (NoSuchFileException e) {
      throw new DamagedSnapshotException(
          application + "/" + name() + "/" + receipt.file(), "content", "the file is missing", e);
    }
    if (file.length() != receipt.length()) {
      file.close();
      throw new DamagedSnapshotException(
          file.name(), "length", file.length() + " bytes instead of " + receipt.length());
    }
    SnapshotReader reader = new SnapshotReader(file);
    SnapshotFile.Header header = reader.header();
    if (header.checkpoint() != checkpoint
        || header.epoch() != epoch
        || !header.application().equals(application)
        || !header.task().equals(task.task)) {
      reader.close();
      throw new DamagedSnapshotException(
          file.name(), "header", "it belongs to " + header + ", not to " + name());
    }
    return reader;
  }

  /** The manifest as bytes, with a checksum. */
  public byte[] toBytes() {
    Output out = new Output();
    out.writeInt(MAGIC);
    out.writeVarInt(FORMAT);
    out.writeString(application);
    out.writeVarLong(checkpoint);
    out.writeVarLong(epoch);
    out.writeVarLong(planVersion);
    out.writeString(fingerprint);
    out.writeSignedLong(createdAtMs);
    out.writeBoolean(savepoint);
    out.writeVarInt(states.size());
    states.forEach(
        (step, state) -> {
          out.writeString(step);
          out.writeString(state);
        });
    out.writeVarInt(tasks.size());
    tasks.forEach(task -> write(task, out));
    out.writeInt(SnapshotFile.crc(out.array(), 0, out.size()));
    return out.toByteArray();
  }

  private static void write(TaskFile task, Output out) {
    out.writeString(task.task);
    out.writeVarInt(task.steps.size());
    task.steps.forEach(out::writeString);
    out.writeString(task.receipt.file());
    out.writeVarLong(task.receipt.length());
    out.writeInt(task.receipt.crc32c());
    out.writeBoolean(task.content != null);
    if (task.content != null) {
      out.writeVarInt(task.content.length);
      out.writeBytes(task.content, 0, task.content.length);
    }
  }

  /**
   * Reads a manifest.
   *
   * @param file its name, for messages
   * @throws DamagedSnapshotException if it is not as it was written
   */
  public static Manifest fromBytes(String file, byte[] bytes) {
    if (bytes.length < 9) {
      throw new DamagedSnapshotException(file, "length", "it has but " + bytes.length + " bytes");
    }
    Input in = new Input();
    in.reset(bytes, bytes.length - 4, 4);
    if (in.readInt() != SnapshotFile.crc(bytes, 0, bytes.length - 4)) {
      throw new DamagedSnapshotException(file, "content", "its checksum is wrong");
    }
    in.reset(bytes, 0, bytes.length - 4);
    try {
      if (in.readInt() != MAGIC) {
        throw in.corrupt("no manifest");
      }
      int format = in.readVarInt();
      if (format != FORMAT) {
        throw new StateException(
            "the manifest " + file + " has format " + format + "; this version reads " + FORMAT);
      }
      return read(in);
    } catch (CodecException e) {
      throw new DamagedSnapshotException(file, "content", e.getMessage(), e);
    }
  }

  private static Manifest read(Input in) {
    String application = in.readString();
    long checkpoint = in.readVarLong();
    long epoch = in.readVarLong();
    long planVersion = in.readVarLong();
    String fingerprint = in.readString();
    long createdAtMs = in.readSignedLong();
    boolean savepoint = in.readBoolean();
    Map<String, String> states = new TreeMap<>();
    for (int left = in.readLength(2); left > 0; left--) {
      states.put(in.readString(), in.readString());
    }
    int count = in.readLength(8);
    List<TaskFile> tasks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      tasks.add(readTask(in));
    }
    return new Manifest(
        application,
        checkpoint,
        epoch,
        planVersion,
        fingerprint,
        createdAtMs,
        savepoint,
        states,
        tasks);
  }

  private static TaskFile readTask(Input in) {
    String task = in.readString();
    int count = in.readLength(1);
    List<String> steps = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      steps.add(in.readString());
    }
    CheckpointStore.Receipt receipt =
        new CheckpointStore.Receipt(in.readString(), in.readVarLong(), in.readInt());
    byte[] content = null;
    if (in.readBoolean()) {
      content = new byte[in.readLength(1)];
      in.readBytes(content, 0, content.length);
    }
    return new TaskFile(task, steps, receipt, content);
  }
}
