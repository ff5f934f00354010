/**
 * From an application's definition to the plan that every task of it follows: which steps run fused
 * in one task, how records are routed between tasks, which key groups exist. Pure: nothing in here
 * opens a file or starts a thread, but {@link io.geartrain.plan.SourceSplits}, which asks the
 * application's sources and sinks once. Beside it, {@link io.geartrain.plan.ErrorText} puts what
 * user code throws into words.
 */
@Export
@Version("0.1.0")
package io.geartrain.plan;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
