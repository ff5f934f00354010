/**
 * Who may do what: principals with a role, the token of the command line, one-time login codes,
 * sessions, and the check that a request was meant for this node and comes from its own page. Free
 * of HTTP types; the consoles hand in header values.
 */
@Export
@Version("0.1.0")
package io.geartrain.security;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
