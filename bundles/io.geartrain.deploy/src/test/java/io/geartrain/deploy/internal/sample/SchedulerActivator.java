package io.geartrain.deploy.internal.sample;

import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Registers a service that says it is a scheduler. */
public final class SchedulerActivator implements BundleActivator {
  @Override
  public void start(BundleContext context) {
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put("gear.scheduler", "sample");
    context.registerService(Runnable.class, () -> {}, properties);
  }

  @Override
  public void stop(BundleContext context) {}
}
