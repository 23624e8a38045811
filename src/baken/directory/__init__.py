"""The social map: services, who keeps them true, and finding the right one."""
