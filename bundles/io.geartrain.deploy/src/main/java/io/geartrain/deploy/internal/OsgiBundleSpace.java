package io.geartrain.deploy.internal;

import io.geartrain.spi.ResourceScheduler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.bundle.CollisionHook;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * The OSGi framework as the agent sees it. Starting and stopping run foreign code, so each does on
 * a thread of its own and is given up after a while.
 */
final class OsgiBundleSpace implements BundleSpace, AutoCloseable {
  private static final String LOCATION = "gear:";

  private final BundleContext context;
  private final Duration patience;
  private final ServiceRegistration<CollisionHook> hook;

  /**
   * The framework of a bundle context.
   *
   * @param patience how long a bundle may take to start or to stop
   */
  OsgiBundleSpace(BundleContext context, Duration patience) {
    this.context = context;
    this.patience = patience;
    // revisions may stand side by side though they have the same name and version
    CollisionHook hideOurs =
        (operation, target, collisions) -> collisions.removeIf(OsgiBundleSpace::isOurs);
    this.hook = context.registerService(CollisionHook.class, hideOurs, null);
  }

  @Override
  public void close() {
    hook.unregister();
  }

  @Override
  public List<Revision> installed() {
    return Arrays.stream(context.getBundles())
        .filter(OsgiBundleSpace::isOurs)
        .<Revision>map(InFramework::new)
        .toList();
  }

  @Override
  public boolean isPlatform(String symbolicName) {
    return Arrays.stream(context.getBundles())
        .anyMatch(bundle -> !isOurs(bundle) && symbolicName.equals(bundle.getSymbolicName()));
  }

  @Override
  public Revision install(String digest, Path jar) throws RevisionException {
    try (InputStream bytes = Files.newInputStream(jar)) {
      return new InFramework(context.installBundle(LOCATION + digest, bytes));
    } catch (BundleException | IOException e) {
      throw new RevisionException("can't be installed: " + e.getMessage(), false, e);
    }
  }

  @Override
  public void rewire(Set<String> pinned) {
    FrameworkWiring wiring = context.getBundle(0).adapt(FrameworkWiring.class);
    Set<Bundle> stale = new HashSet<>();
    for (Bundle removed : wiring.getRemovalPendingBundles()) {
      Collection<Bundle> users = wiring.getDependencyClosure(List.of(removed));
      boolean mayRewire =
          users.stream().allMatch(user -> isOurs(user) && !pinned.contains(digest(user)));
      if (isOurs(removed) && mayRewire) {
        stale.addAll(users);
      }
    }
    if (stale.isEmpty()) {
      return;
    }
    CountDownLatch done = new CountDownLatch(1);
    wiring.refreshBundles(stale, event -> done.countDown());
    try {
      // if a bundle takes longer to stop, the rest goes on without it
      done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isOurs(Bundle bundle) {
    return bundle.getLocation().startsWith(LOCATION);
  }

  private static String digest(Bundle bundle) {
    return bundle.getLocation().substring(LOCATION.length());
  }

  private interface Step {
    void run() throws BundleException;
  }

  private final class InFramework implements Revision {
    private final Bundle bundle;

    InFramework(Bundle bundle) {
      this.bundle = bundle;
    }

    @Override
    public String digest() {
      return OsgiBundleSpace.digest(bundle);
    }

    @Override
    public boolean isGone() {
      return bundle.getState() == Bundle.UNINSTALLED;
    }

    @Override
    public boolean isFragment() {
      BundleRevision revision = bundle.adapt(BundleRevision.class);
      return revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    @Override
    public boolean isResolved() {
      return (bundle.getState() & (Bundle.INSTALLED | Bundle.UNINSTALLED)) == 0;
    }

    @Override
    public boolean isStarted() {
      return bundle.getState() == Bundle.ACTIVE;
    }

    @Override
    public void resolve() throws RevisionException {
      FrameworkWiring wiring = context.getBundle(0).adapt(FrameworkWiring.class);
      if (!isResolved() && !wiring.resolveBundles(List.of(bundle))) {
        throw unresolved(null);
      }
    }

    @Override
    public void start() throws RevisionException {
      resolve();
      run("start", bundle::start);
    }

    @Override
    public void stop() throws RevisionException {
      run("stop", bundle::stop);
    }

    @Override
    public void uninstall() throws RevisionException {
      if (!isGone()) {
        run("be uninstalled", bundle::uninstall);
      }
    }

    @Override
    public ClassLoader classLoader() {
      return bundle.adapt(BundleWiring.class).getClassLoader();
    }

    @Override
    public List<String> schedulers() {
      ServiceReference<?>[] services = bundle.getRegisteredServices();
      return services == null
          ? List.of()
          : Arrays.stream(services)
              .map(service -> service.getProperty(ResourceScheduler.NAME))
              .filter(Objects::nonNull)
              .map(Object::toString)
              .sorted()
              .toList();
    }

    private RevisionException unresolved(Throwable cause) {
      String lacks = Lacks.describe(bundle, context);
      String message =
          lacks.isEmpty()
              ? "can't be wired: what it needs is provided only by bundles that are broken "
                  + "themselves, or by several that contradict each other"
              : lacks;
      return new RevisionException(message, true, cause);
    }

    private void run(String what, Step step) throws RevisionException {
      FutureTask<Void> task =
          new FutureTask<>(
              () -> {
                step.run();
                return null;
              });
      Thread thread = new Thread(task, "gear-bundle-" + bundle.getBundleId());
      thread.setDaemon(true);
      thread.start();
      try {
        task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        task.cancel(true);
        throw new RevisionException(
            "did not %s within %d ms; its activator does not return"
                .formatted(what, patience.toMillis()),
            false,
            e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RevisionException("was interrupted on its way to " + what, true, e);
      } catch (ExecutionException e) {
        throw failed(what, e.getCause());
      }
    }

    private RevisionException failed(String what, Throwable cause) {
      if (cause instanceof BundleException refused
          && refused.getType() == BundleException.RESOLVE_ERROR) {
        return unresolved(cause);
      }
      Throwable root = cause;
      while (root.getCause() != null && root.getCause() != root) {
        root = root.getCause();
      }
      String activator = bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATOR);
      String where = activator == null ? "" : " (its activator " + activator + ")";
      return new RevisionException("can't " + what + where + ": " + root, false, cause);
    }
  }
}
