package io.changeover.app.api;

import io.changeover.operation.DryRun;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Answers a dry run by what would be done, in place of where things stand, which has not changed. */
@RestControllerAdvice
final class DryRunAdvice implements ResponseBodyAdvice<Object> {

    @Override
    public boolean supports(MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        TakesDryRun declared = returned.getMethodAnnotation(TakesDryRun.class);
        return declared != null && !declared.ownAnswer();
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returned,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        DryRun run = DryRunInterceptor.current();
        if (run == null) {
            return body;
        }
        response.setStatusCode(HttpStatus.OK);
        response.getHeaders().remove(HttpHeaders.LOCATION);
        return DryRunAnswer.of(run);
    }
}
