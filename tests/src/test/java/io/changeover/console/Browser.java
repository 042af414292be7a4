package io.changeover.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Chromium of this machine. Where there is none, the test that asks for it is skipped. */
final class Browser implements AutoCloseable {

    private static final Path SCREENSHOTS = Path.of("../docs/console");
    private static final boolean RENEW = Boolean.getBoolean("changeover.renew-documents");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final List<String> complaints = new ArrayList<>();
    private final Map<String, String> sessions = new HashMap<>();

    private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium) {
        this.playwright = playwright;
        this.chromium = chromium;
    }

    static Browser launch() {
        Path executable = Stream.of(
                        System.getProperty("changeover.chromium", "/usr/bin/chromium"),
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(executable != null, "a browser: install chromium, or name it by -Dchangeover.chromium");
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Browser(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(executable)
                                .setArgs(List.of("--no-sandbox", "--disable-gpu"))));
    }

    /** A page of somebody's own session; what its console complains about is kept for {@link #complaints}. */
    Page page(ColorScheme scheme) {
        return page(new NewContextOptions().setColorScheme(scheme));
    }

    private Page page(NewContextOptions options) {
        BrowserContext context = chromium.newContext(
                options.setReducedMotion(ReducedMotion.REDUCE).setViewportSize(1280, 900));
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(page.url() + ": " + message.text());
            }
        });
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
        return page;
    }

    /** The first page of somebody who has signed in, in the session of that name when there is one. */
    Page signedIn(ConsoleServer server, String name) {
        return signedIn(server, name, "/console");
    }

    /** The page at a path, of somebody who has signed in, in the session of that name when there is one. */
    Page signedIn(ConsoleServer server, String name, String path) {
        String session = sessions.get(name);
        if (session == null) {
            Page page = signIn(server, name);
            page.navigate(server.address(path));
            return page;
        }
        Page page = page(new NewContextOptions().setStorageState(session));
        page.navigate(server.address(path));
        return page;
    }

    private Page signIn(ConsoleServer server, String name) {
        Page page = page(ColorScheme.LIGHT);
        page.navigate(server.address("/console/sign-in"));
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").fill(ConsoleServer.PASSWORD);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        page.waitForURL(url -> !url.contains("sign-in"));
        sessions.put(name, page.context().storageState());
        return page;
    }

    /** What the pages' scripts and the content policy complained about, since the last time. */
    List<String> complaints() {
        List<String> all = List.copyOf(complaints);
        complaints.clear();
        return all;
    }

    /** Closes all pages, which would ask for news as long as they are open; sessions stay. */
    void closePages() {
        List.copyOf(chromium.contexts()).forEach(BrowserContext::close);
    }

    /** Holds the page to the rules of axe that are serious or worse. */
    static void assertAccessible(Page page) {
        assertAccessible(page, axe(page));
    }

    /** Holds the page to them in light, and in dark to those that look at colours, which is all that is another there. */
    static void assertAccessibleInLightAndDark(Page page) {
        assertAccessible(page);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertAccessible(page, axe(page).withRules(List.of("color-contrast", "link-in-text-block")));
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    private static AxeBuilder axe(Page page) {
        AxeRunOptions options = new AxeRunOptions();
        options.setResultTypes(List.of("violations"));
        return new AxeBuilder(page).options(options).setLegacyMode(true);
    }

    private static void assertAccessible(Page page, AxeBuilder axe) {
        assertThat(axe.analyze().getViolations().stream()
                        .filter(found -> List.of("serious", "critical").contains(found.getImpact()))
                        .map(found -> "%s: %s %s"
                                .formatted(
                                        found.getId(),
                                        found.getHelp(),
                                        found.getNodes().stream()
                                                .map(node -> node.getHtml())
                                                .limit(3)
                                                .toList())))
                .as(page.url())
                .isEmpty();
    }

    /** Takes the page's picture for the documents, where they are to be renewed; loads it in light and in dark. */
    static void picture(Page page, String name) {
        if (RENEW) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(SCREENSHOTS.resolve(
                                "%s-%s.png".formatted(name, scheme == ColorScheme.LIGHT ? "light" : "dark")))
                        .setFullPage(true));
            }
        }
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
