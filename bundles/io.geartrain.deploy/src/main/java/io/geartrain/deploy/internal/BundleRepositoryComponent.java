package io.geartrain.deploy.internal;

import io.geartrain.spi.BundleStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Offers the bundle store of this node as a service. */
@Component(name = "io.geartrain.deploy.repository")
public final class BundleRepositoryComponent implements BundleStore {
  private final BundleStore store;

  /** Opens {@code bundles} in the node's data folder. */
  @Activate
  public BundleRepositoryComponent(BundleContext context) throws IOException {
    store = BundleRepository.open(Path.of(NodeProperties.get(context, "gear.data"), "bundles"));
  }

  @Override
  public Stored put(InputStream bytes) throws IOException {
    return store.put(bytes);
  }

  @Override
  public Optional<Path> find(String digest) {
    return store.find(digest);
  }

  @Override
  public void remove(String digest) throws IOException {
    store.remove(digest);
  }
}
