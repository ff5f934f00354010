package io.geartrain.master.internal;

import io.geartrain.spi.CheckpointStore;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes files of checkpoints that nobody needs any more. What can't be deleted is said in the
 * log; that of an application that has completed is tried again when the next reign begins. Called
 * by the thread of the master; works on another.
 */
final class CheckpointFiles {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFiles.class);

  private final CheckpointStore files;
  private final Executor background;

  CheckpointFiles(CheckpointStore files, Executor background) {
    this.files = files;
    this.background = background;
  }

  /** Deletes the files of one checkpoint. */
  void delete(String application, String name) {
    background.execute(() -> deleteNow(application, name));
  }

  /**
   * Deletes the files of all checkpoints that an application has by now.
   *
   * @param kept names of those that stay
   */
  void deleteAllBut(String application, Set<String> kept) {
    try {
      for (String name : files.list(application)) {
        if (!kept.contains(name)) {
          delete(application, name);
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("Checkpoints of {} can't be listed: {}", application, e.getMessage());
    }
  }

  private void deleteNow(String application, String name) {
    try {
      files.delete(application, name);
      LOG.info("The files of checkpoint {} of {} are deleted", name, application);
    } catch (IOException | RuntimeException e) {
      LOG.warn("Checkpoint {} of {} can't be deleted: {}", name, application, e.getMessage());
    }
  }
}
