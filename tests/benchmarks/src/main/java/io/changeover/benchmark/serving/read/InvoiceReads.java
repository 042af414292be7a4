package io.changeover.benchmark.serving.read;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;

/** Makes the reads of invoices known to a node. */
@Configuration(proxyBeanMethods = false)
@AutoConfigurationPackage
class InvoiceReads {}
