package io.changeover.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.changeover.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way in. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SignInTest {

    @TempDir
    Path folder;

    @Test
    void nobody_sees_a_page_who_has_not_signed_in() {
        try (TestDatabase database = TestDatabase.empty();
                ConsoleServer server = ConsoleServer.start(database, folder, Map.of());
                Browser browser = Browser.launch()) {
            Page page = browser.page(ColorScheme.LIGHT);
            page.navigate(server.address("/console"));
            assertThat(page.url()).endsWith("/console/sign-in");
            Browser.assertAccessible(page);
            Browser.picture(page, "sign-in");
            Page viewer = browser.signedIn(server, "viewer");
            assertThat(viewer.locator("h1").textContent()).isEqualTo("Views");
            Browser.assertAccessible(viewer);
            assertThat(browser.complaints()).isEmpty();
            page.navigate(server.address("/console/password"));
            assertThat(page.url()).endsWith("/console/sign-in");
            viewer.navigate(server.address("/console/password"));
            viewer.getByLabel("Current password").fill("not this one");
            viewer.getByLabel("New password", new Page.GetByLabelOptions().setExact(true))
                    .fill("a horse that nobody knows");
            viewer.getByLabel("New password again").fill("a horse that nobody knows");
            viewer.getByText("Choose it").click();
            assertThat(viewer.getByRole(AriaRole.ALERT).textContent())
                    .isEqualTo("The current password is wrong; type it again");
            Browser.assertAccessible(viewer);
            Browser.picture(viewer, "password");
        }
    }
}
