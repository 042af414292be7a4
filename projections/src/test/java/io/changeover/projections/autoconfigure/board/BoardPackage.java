package io.changeover.projections.autoconfigure.board;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;

/** Makes this package known as one of the application's own. */
@Configuration(proxyBeanMethods = false)
@AutoConfigurationPackage
public class BoardPackage {}
