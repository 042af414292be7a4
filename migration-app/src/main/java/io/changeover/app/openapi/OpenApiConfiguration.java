package io.changeover.app.openapi;

import io.changeover.apiversion.VersionHeader;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.models.GroupedOpenApi;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.util.ClassUtils;
import org.springframework.web.accept.ApiVersionStrategy;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String OPERATORS = "/api/**";

    @Bean
    List<GroupedOpenApi> openApiGroups(
            ListableBeanFactory beans,
            ObjectProvider<VersionHeader> header,
            ObjectProvider<ApiVersionStrategy> strategy,
            @Value("${spring.application.name}") String application) {
        // Bodies are read field by field; the node's own getters would come out as a schema.
        SpringDocUtils.getConfig()
                .replaceWithSchema(JsonNode.class, new ObjectSchema())
                .replaceWithSchema(ObjectNode.class, new ObjectSchema());
        List<GroupedOpenApi> groups = new ArrayList<>();
        groups.add(operators());
        handlers(beans)
                .map(HandlerVersion::of)
                .flatMap(version -> Stream.ofNullable(version.number()))
                .distinct()
                .sorted()
                .forEach(version -> groups.add(version(version, application, naming(version, header, strategy))));
        return groups;
    }

    /** By the types of the controllers, since their mappings are not there yet. */
    private static Stream<Method> handlers(ListableBeanFactory beans) {
        return Stream.of(beans.getBeanNamesForAnnotation(Controller.class))
                .map(beans::getType)
                .filter(Objects::nonNull)
                .map(ClassUtils::getUserClass)
                .flatMap(type -> Stream.of(type.getDeclaredMethods()));
    }

    private static GroupedOpenApi operators() {
        return GroupedOpenApi.builder()
                .group("operator")
                .pathsToMatch(OPERATORS)
                .addOpenApiCustomizer(document -> {
                    describe(document, "Changeover: operators", "1");
                    document.schemaRequirement(
                                    "token",
                                    new SecurityScheme()
                                            .type(SecurityScheme.Type.HTTP)
                                            .scheme("bearer"))
                            .addSecurityItem(new SecurityRequirement().addList("token"));
                })
                .build();
    }

    private static GroupedOpenApi version(String version, String application, OperationCustomizer naming) {
        return GroupedOpenApi.builder()
                .group("api-" + version)
                .pathsToExclude(OPERATORS, "/actuator/**")
                .addOpenApiMethodFilter(method -> HandlerVersion.of(method).answers(version))
                .addOperationCustomizer(naming)
                .addOpenApiCustomizer(document -> describe(document, application, version))
                .build();
    }

    private static OperationCustomizer naming(
            String version, ObjectProvider<VersionHeader> header, ObjectProvider<ApiVersionStrategy> strategy) {
        return (operation, handler) -> {
            VersionHeader by = header.getIfAvailable();
            if (by != null && HandlerVersion.of(handler.getMethod()).number() != null) {
                operation.addParametersItem(new Parameter()
                        .in("header")
                        .name(by.name())
                        .required(!isDefault(version, strategy.getIfAvailable()))
                        .description("Version of the API")
                        .schema(new StringSchema().addEnumItem(version)));
            }
            return operation;
        };
    }

    private static boolean isDefault(String version, @Nullable ApiVersionStrategy strategy) {
        return strategy != null && strategy.parseVersion(version).equals(strategy.getDefaultVersion());
    }

    /** Without the address of the machine, so that a document is the same wherever it is asked for. */
    private static void describe(OpenAPI document, String title, String version) {
        document.info(new Info().title(title).version(version)).servers(List.of(new Server().url("/")));
    }
}
