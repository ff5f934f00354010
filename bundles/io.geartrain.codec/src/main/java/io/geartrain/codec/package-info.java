/**
 * Values as bytes: scalars, texts, arrays, collections, enums and Java records, in any nesting. A
 * dictionary numbers the types, so that the bytes name none, and nothing is ever made of them but
 * what the dictionary lists.
 */
@Export
@Version("0.1.0")
package io.geartrain.codec;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
