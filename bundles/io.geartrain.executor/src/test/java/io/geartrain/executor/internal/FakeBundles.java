package io.geartrain.executor.internal;

import io.geartrain.spi.ApplicationBundles;
import io.geartrain.spi.BundleDescription;
import io.geartrain.spi.BundleProblem;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives each application a class loader of its own, as a bundle would, and counts the pins. */
final class FakeBundles implements ApplicationBundles {
  static final BundleDescription BUNDLE =
      new BundleDescription("com.example.apps", "1.0.0", "ab".repeat(32), List.of());

  final AtomicInteger held = new AtomicInteger();
  final List<WeakReference<ClassLoader>> loaders = new CopyOnWriteArrayList<>();

  @Override
  public Pin pin(String digest, String holder) {
    if (!digest.equals(BUNDLE.digest())) {
      throw new BundleProblem("unknown-bundle", "no bundle " + digest + " on this node");
    }
    ClassLoader loader = new AppLoader();
    loaders.add(new WeakReference<>(loader));
    held.incrementAndGet();
    return new FakePin(loader);
  }

  private final class FakePin implements Pin {
    private ClassLoader loader;

    FakePin(ClassLoader loader) {
      this.loader = loader;
    }

    @Override
    public BundleDescription description() {
      return BUNDLE;
    }

    @Override
    public synchronized ClassLoader classLoader() {
      return loader;
    }

    @Override
    public synchronized void close() {
      if (loader != null) {
        loader = null;
        held.decrementAndGet();
      }
    }
  }

  /** Defines the classes of {@code Apps} itself. */
  private static final class AppLoader extends ClassLoader {
    private static final String OWN = "io.geartrain.executor.apps.Apps";

    AppLoader() {
      super(FakeBundles.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(OWN)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
