package io.geartrain.actor.internal;

/** Sees what Akka's bundle sees, and what this bundle sees; so Akka finds our classes by name. */
final class BridgeClassLoader extends ClassLoader {
  private final ClassLoader ours;

  BridgeClassLoader(ClassLoader akka, ClassLoader ours) {
    super("geartrain-actor", akka);
    this.ours = ours;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    return ours.loadClass(name);
  }
}
