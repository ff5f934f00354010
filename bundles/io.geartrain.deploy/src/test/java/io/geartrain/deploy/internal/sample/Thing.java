package io.geartrain.deploy.internal.sample;

/** A class to be loaded. */
public final class Thing {}
