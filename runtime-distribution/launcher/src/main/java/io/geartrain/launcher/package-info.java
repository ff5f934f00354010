/** The process that carries a node: it starts the framework, and stops it whole. */
package io.geartrain.launcher;
