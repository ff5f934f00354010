package io.geartrain.master.internal;

import io.geartrain.actor.ProtocolJson;
import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.Op;
import io.geartrain.coordination.Versioned;
import io.geartrain.master.internal.MasterState.StoredApplication;
import io.geartrain.protocol.ApplicationSpec;
import io.geartrain.protocol.ApplicationStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes applications down, one transaction for each change, and reads them again. The store it is
 * given fences its writes. Owned by the thread of the master's actor; calls block as the store
 * does.
 *
 * <pre>
 * /apps/ID/spec    ApplicationSpec, written once
 * /apps/ID/epoch   epoch of its app master in decimal, line feed, id of the application
 * /apps/ID/state   ApplicationStatus at the last change of state; one whose graph is too
 *                  large, without it
 * /scheduler       name of the default scheduler, where somebody chose one
 * </pre>
 */
final class AppRegistry {
  static final String APPS = "/apps";
  static final String SCHEDULER = "/scheduler";

  private static final Logger LOG = LoggerFactory.getLogger(AppRegistry.class);

  /** What else is in the transaction has room beside it. */
  private static final int LONGEST_STATUS_BYTES = Op.MAX_DATA_BYTES * 9 / 10;

  private final MetadataStore store;
  private final ProtocolJson json = new ProtocolJson();

  /** What was written last; no other leader writes while the epoch stands. */
  private final Map<String, Long> epochs = new HashMap<>();

  AppRegistry(MetadataStore store) {
    this.store = store;
  }

  /** All applications; one that can't be read is left alone, and said so in the log. */
  List<StoredApplication> load() {
    List<StoredApplication> found = new ArrayList<>();
    for (String id : store.children(APPS)) {
      Optional<Versioned> spec = store.get(APPS + "/" + id + "/spec");
      Optional<Versioned> status = store.get(APPS + "/" + id + "/state");
      if (spec.isEmpty() || status.isEmpty()) {
        LOG.warn("{}/{} is incomplete and left alone", APPS, id);
        continue;
      }
      try {
        found.add(
            new StoredApplication(
                json.read(spec.get().data(), ApplicationSpec.class),
                json.read(status.get().data(), ApplicationStatus.class)));
      } catch (IOException e) {
        LOG.error("{}/{} can't be read and is left alone", APPS, id, e);
      }
    }
    return found;
  }

  /**
   * Writes an application as it is now. Writing the same again is harmless.
   *
   * @throws IllegalArgumentException if it can never be written, as its spec is too long
   */
  void save(ApplicationSpec spec, ApplicationStatus status) {
    String path = APPS + "/" + spec.id();
    byte[] epoch = (status.epoch() + "\n" + spec.id()).getBytes(StandardCharsets.UTF_8);
    List<Op> ops = new ArrayList<>();
    if (epochs.containsKey(spec.id()) || store.exists(path + "/spec")) {
      if (!Long.valueOf(status.epoch()).equals(epochs.get(spec.id()))) {
        ops.add(Op.set(path + "/epoch", epoch, MetadataStore.ANY_VERSION));
      }
      ops.add(Op.set(path + "/state", bytesOf(status), MetadataStore.ANY_VERSION));
    } else {
      ops.add(Op.create(path + "/spec", bytes(spec)));
      ops.add(Op.create(path + "/epoch", epoch));
      ops.add(Op.create(path + "/state", bytesOf(status)));
    }
    store.multi(ops);
    epochs.put(spec.id(), status.epoch());
  }

  /** The state and the failure can always be written; the graph comes with the next report. */
  private byte[] bytesOf(ApplicationStatus status) {
    byte[] all = bytes(status);
    if (all.length <= LONGEST_STATUS_BYTES) {
      return all;
    }
    LOG.warn(
        "The status of {} has {} bytes and is written without its graph",
        status.applicationId(),
        all.length);
    return bytes(AppEntry.withoutGraph(status));
  }

  private byte[] bytes(Object record) {
    try {
      return json.write(record);
    } catch (IOException e) {
      throw new IllegalArgumentException("can't write " + record, e);
    }
  }

  /** Removes an application with all that is written below it. */
  void forget(String id) {
    epochs.remove(id);
    List<Op> ops = new ArrayList<>();
    deleteTree(APPS + "/" + id, ops);
    try {
      store.multi(ops);
    } catch (CoordinationException.NoNode gone) {
      LOG.debug("{} was removed before", id, gone);
    }
  }

  private void deleteTree(String path, List<Op> ops) {
    for (String child : store.children(path)) {
      deleteTree(path + "/" + child, ops);
    }
    ops.add(Op.delete(path, MetadataStore.ANY_VERSION));
  }

  /** The scheduler that somebody made the default. */
  Optional<String> scheduler() {
    return store.get(SCHEDULER).map(Versioned::text);
  }

  /** Makes a scheduler the default. */
  void saveScheduler(String name) {
    byte[] data = name.getBytes(StandardCharsets.UTF_8);
    store.multi(
        List.of(
            store.exists(SCHEDULER)
                ? Op.set(SCHEDULER, data, MetadataStore.ANY_VERSION)
                : Op.create(SCHEDULER, data)));
  }
}
