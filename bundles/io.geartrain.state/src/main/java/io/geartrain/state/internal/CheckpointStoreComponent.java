package io.geartrain.state.internal;

import io.geartrain.spi.CheckpointStore;
import io.geartrain.state.LocalCheckpointStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Offers the checkpoints in the node's data folder as a service. Thread-safe. */
@Component(name = "io.geartrain.state", service = CheckpointStore.class)
public final class CheckpointStoreComponent implements CheckpointStore {
  private final LocalCheckpointStore store;

  /** Opens {@code checkpoints} in the node's data folder; what died half-written goes away. */
  @Activate
  public CheckpointStoreComponent(BundleContext context) throws IOException {
    String data = context.getProperty("gear.data");
    if (data == null) {
      throw new IllegalStateException(
          "the framework property gear.data is not set; start the node by bin/gear");
    }
    store = new LocalCheckpointStore(Path.of(data, "checkpoints"));
    store.removeLeftovers();
  }

  @Override
  public Upload create(String application, String checkpoint, String file) throws IOException {
    return store.create(application, checkpoint, file);
  }

  @Override
  public StoredFile open(String application, String checkpoint, String file) throws IOException {
    return store.open(application, checkpoint, file);
  }

  @Override
  public List<String> list(String application) throws IOException {
    return store.list(application);
  }

  @Override
  public List<String> applications() throws IOException {
    return store.applications();
  }

  @Override
  public void delete(String application, String checkpoint) throws IOException {
    store.delete(application, checkpoint);
  }
}
