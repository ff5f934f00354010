package io.geartrain.deploy.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A framework that does what the test says, and writes down what it was told. */
final class FakeBundleSpace implements BundleSpace {
  final List<String> log = new ArrayList<>();
  final Map<String, FakeRevision> revisions = new LinkedHashMap<>();
  final Set<String> unresolvable = new HashSet<>();
  final Set<String> failing = new HashSet<>();
  final Set<String> platform = new HashSet<>();

  @Override
  public List<Revision> installed() {
    return List.copyOf(revisions.values());
  }

  @Override
  public boolean isPlatform(String symbolicName) {
    return platform.contains(symbolicName);
  }

  @Override
  public Revision install(String digest, Path jar) {
    log.add("install " + digest.substring(0, 4));
    FakeRevision revision = new FakeRevision(digest);
    revisions.put(digest, revision);
    return revision;
  }

  @Override
  public void rewire(Set<String> pinned) {}

  /** A revision in this framework. */
  final class FakeRevision implements Revision {
    private final String digest;
    private boolean resolved;
    private boolean started;
    private boolean gone;

    FakeRevision(String digest) {
      this.digest = digest;
    }

    @Override
    public String digest() {
      return digest;
    }

    @Override
    public boolean isGone() {
      return gone;
    }

    @Override
    public boolean isFragment() {
      return false;
    }

    @Override
    public boolean isResolved() {
      return resolved;
    }

    @Override
    public boolean isStarted() {
      return started;
    }

    @Override
    public void resolve() throws RevisionException {
      if (unresolvable.contains(digest)) {
        throw new RevisionException("needs package com.foo", true, null);
      }
      resolved = true;
    }

    @Override
    public void start() throws RevisionException {
      resolve();
      log.add("start " + digest.substring(0, 4));
      if (failing.contains(digest)) {
        throw new RevisionException("can't start: boom", false, null);
      }
      started = true;
    }

    @Override
    public void stop() {
      log.add("stop " + digest.substring(0, 4));
      started = false;
    }

    @Override
    public void uninstall() {
      log.add("uninstall " + digest.substring(0, 4));
      gone = true;
      started = false;
      revisions.remove(digest);
    }

    @Override
    public ClassLoader classLoader() {
      return getClass().getClassLoader();
    }

    @Override
    public List<String> schedulers() {
      return List.of();
    }
  }
}
