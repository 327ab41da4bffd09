using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Support;

namespace NsiPortal.Architecture;

/// <summary>Each page says who shares it.</summary>
public sealed class PageKindTests
{
    [Fact]
    public async Task Every_action_that_answers_GET_declares_exactly_one_page_kind()
    {
        var actions = await ActionsAsync();
        Assert.NotEmpty(actions);
        Assert.All(actions.Where(AnswersGet), action =>
            Assert.Equal((action.DisplayName, 1), (action.DisplayName, action.MethodInfo.GetCustomAttributes(inherit: true).OfType<PageAttribute>().Count())));
    }

    [Fact]
    public async Task A_shared_page_answers_GET_alone_and_asks_nobody_who_they_are()
    {
        var shared = (await ActionsAsync()).Where(action => action.EndpointMetadata.OfType<SharedPageAttribute>().Any()).ToList();
        Assert.NotEmpty(shared);
        Assert.All(shared, action =>
        {
            Assert.Equal(["GET"], Methods(action));
            Assert.DoesNotContain(action.EndpointMetadata, data => data is IAuthorizeData or IAntiforgeryMetadata { RequiresValidation: true });
            Assert.DoesNotContain(action.FilterDescriptors, filter => filter.Filter is IAsyncAuthorizationFilter or IAuthorizationFilter or IAntiforgeryPolicy);
        });
    }

    [Fact]
    public async Task Only_live_pages_use_the_session()
    {
        await using var host = await PortalHost.StartAsync();
        // One of the tests' own pages does in any case.
        var users = Actions(host).Where(action => action.EndpointMetadata.OfType<UsesSessionAttribute>().Any()).ToList();
        Assert.NotEmpty(users);
        Assert.All(users, action => Assert.DoesNotContain(action.EndpointMetadata, data => data is CachedPageAttribute));
    }

    static bool AnswersGet(ControllerActionDescriptor action) => Methods(action) is var methods && (methods.Count == 0 || methods.Contains("GET"));

    static List<string> Methods(ControllerActionDescriptor action) => action.EndpointMetadata.OfType<IHttpMethodMetadata>().SelectMany(data => data.HttpMethods).ToList();

    static async Task<List<ControllerActionDescriptor>> ActionsAsync()
    {
        await using var host = await PortalHost.StartAsync();
        return Actions(host).Where(action => action.ControllerTypeInfo.Assembly == typeof(Program).Assembly).ToList();
    }

    static IEnumerable<ControllerActionDescriptor> Actions(PortalHost host) =>
        host.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<ControllerActionDescriptor>();
}
