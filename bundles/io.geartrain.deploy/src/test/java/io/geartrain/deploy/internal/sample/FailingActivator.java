package io.geartrain.deploy.internal.sample;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Fails with a linkage error. */
public final class FailingActivator implements BundleActivator {
  @Override
  public void start(BundleContext context) {
    throw new NoClassDefFoundError("com/foo/Missing");
  }

  @Override
  public void stop(BundleContext context) {}
}
