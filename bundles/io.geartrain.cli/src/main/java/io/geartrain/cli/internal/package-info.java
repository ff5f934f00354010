/** The {@code gear} command line, a program of its own that speaks REST alone. */
package io.geartrain.cli.internal;
